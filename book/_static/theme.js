// Runs in the head of a page, before anything is painted: a dark page would flash white.
document.documentElement.classList.add("js");
addEventListener("error", ({ target }) => { // the script did not come: show the page as it is without scripts
  if (target.src?.includes("/_static/site.js")) document.documentElement.classList.remove("js");
}, true);
// A browser may keep storage from a page, in a sandboxed frame or with cookies blocked. The theme's scripts do not expect
// that; for them this page then remembers for as long as it is open.
for (const name of ["localStorage", "sessionStorage"]) {
  try {
    window[name].setItem("lecture", "");
    window[name].removeItem("lecture");
  } catch {
    const kept = new Map();
    Object.defineProperty(window, name, { value: {
      getItem: key => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, `${value}`),
      removeItem: key => void kept.delete(key),
    } });
  }
}
{
  const { dataset } = document.documentElement, mode = localStorage.getItem("mode") || "auto";
  dataset.mode = mode; // the theme's own script says the same later, and nothing changes then
  dataset.theme = mode !== "auto" ? mode : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
if (document.currentScript.dataset.font && location.protocol !== "file:") { // or the text moves when the formulas' font arrives
  const link = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href: document.currentScript.dataset.font };
  document.head.append(Object.assign(document.createElement("link"), link));
}
