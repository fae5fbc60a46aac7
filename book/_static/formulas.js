// A formula wider than its column can be scrolled, and then the keyboard reaches it; browsers but Safari do so by themselves.
{
  const formulas = document.querySelectorAll("div.math");
  const watch = new ResizeObserver(() => formulas.forEach(e => e.scrollWidth > e.clientWidth ? e.tabIndex = 0 : e.removeAttribute("tabindex")));
  formulas.forEach(e => { watch.observe(e); if (e.lastElementChild) watch.observe(e.lastElementChild); });
}
