// Sort the ledger by a click on a column's head: by claim, by verdict, and back.
for (const table of document.querySelectorAll("table.ledger")) {
  const body = table.tBodies[0];
  const order = ["holds", "caveat", "fails", "cited", "untested"];
  const keys = { 0: row => row.id, 2: row => order.indexOf(row.dataset.verdict) };
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
      const rows = [...body.rows].sort((a, b) => (key(a) > key(b) ? 1 : key(a) < key(b) ? -1 : a.id > b.id ? 1 : -1));
      body.append(...(down ? rows.reverse() : rows));
    });
  }
}
