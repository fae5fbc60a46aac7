// Sort the ledger by a click on a column's head: by claim, by verdict, and back.
for (const table of document.querySelectorAll("table.ledger")) {
  const order = [...document.getElementsByName("verdict")].map(choice => choice.value);
  const keys = { 0: group => group.id, 1: group => order.indexOf(group.dataset.verdict) };
  for (const [column, key] of Object.entries(keys)) {
    const head = table.tHead.rows[0].cells[column];
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const groups = [...table.tBodies].sort((a, b) => (key(a) > key(b) ? 1 : key(a) < key(b) ? -1 : a.id > b.id ? 1 : -1));
      table.append(...(down ? groups.reverse() : groups));
    });
  }
}
