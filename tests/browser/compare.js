// The elements that the page's own style sheet draws otherwise than the sheets it was cut from; how many there are.
async ([sheets, inline]) => {
  const elements = [...document.body.querySelectorAll("*")].filter(element => !element.closest("svg.plot, math"));
  const look = () => elements.map(element => {
    const style = getComputedStyle(element);
    return [...style].filter(name => !name.startsWith("--")).map(name => `${name}: ${style.getPropertyValue(name)}`);
  });
  const cut = look();
  const own = document.querySelector("link[rel=stylesheet]");
  await Promise.all(sheets.map(sheet => new Promise(done => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet, onload: done, onerror: done });
    own.before(link);
  })));
  own.before(Object.assign(document.createElement("style"), { textContent: inline }));
  own.remove();
  document.body.getBoundingClientRect(); // now the browser knows which fonts it lacks
  await document.fonts.ready;
  const whole = look();
  const differ = elements.flatMap((element, n) => {
    const other = cut[n].filter((said, at) => said !== whole[n][at]);
    return other.length ? [`${element.tagName}.${element.getAttribute("class")}: ${other.slice(0, 3)}`] : [];
  });
  return [elements.length, differ.slice(0, 5)];
}
