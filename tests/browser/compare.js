// Every element's computed style with the page's own sheet, and again with the sheets that it was cut from.
async ([sheets, inline]) => {
  const look = () => [...document.body.querySelectorAll("*")].map(element => {
    const style = getComputedStyle(element);
    const name = `${element.tagName}.${element.getAttribute("class")}`;
    return name + " " + [...style].filter(p => !p.startsWith("--")).map(p => `${p}: ${style.getPropertyValue(p)}`).join("; ");
  });
  const cut = look();
  const own = document.querySelector("link[rel=stylesheet]");
  await Promise.all(sheets.map(sheet => new Promise(done => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet, onload: done, onerror: done });
    own.before(link);
  })));
  own.before(Object.assign(document.createElement("style"), { textContent: inline }));
  own.remove();
  await new Promise(done => setTimeout(done, 500));
  return [cut, look()];
}
