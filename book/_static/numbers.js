// The style sheet shows what a number is; Escape shuts it, Enter and Space shut and open it, a tap elsewhere lets go.
{
  const at = () => document.activeElement.closest(".num");
  addEventListener("keydown", event => {
    if (event.key === "Escape")
      for (const number of document.querySelectorAll(".num:is(:hover, :focus)")) number.classList.add("shut");
    else if (at() && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      at().classList.toggle("shut");
    }
  });
  addEventListener("pointerdown", ({ target }) => { if (at() && !at().contains(target)) at().blur(); });
  for (const leaving of ["blur", "pointerleave"])
    addEventListener(leaving, ({ target }) => target.classList?.remove("shut"), true);
}
