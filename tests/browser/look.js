// What a page looks like once it is drawn: what is too wide, nameless, boxed in, or hard to read.
() => {
  const contrast = (a, b) => {
    const luminance = c => { const [r, g, b] = c.match(/[\d.]+/g).slice(0, 3).map(v => v / 255)
        .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b }
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
    return (high + .05) / (low + .05)
  }
  const paper = getComputedStyle(document.body).backgroundColor
  const plots = [...document.querySelectorAll('figure.plot svg.plot')].filter(s => s.checkVisibility())
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    nameless: [...document.querySelectorAll('main img:not([alt]), figure svg:not([aria-label]), figure svg[aria-label=""]')].length,
    twice: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n),
    cut: [...document.querySelectorAll('div.math')].filter(f => f.checkVisibility() && [...f.querySelectorAll('.base')]
        .some(part => part.getBoundingClientRect().left < f.getBoundingClientRect().left - f.scrollLeft - 1)).map(f => f.textContent.slice(0, 40)),
    plots: plots.length,
    boxes: plots.filter(s => getComputedStyle(s).backgroundColor !== 'rgba(0, 0, 0, 0)' || [...s.querySelectorAll('path, rect')]
        .some(e => e.ownerSVGElement === s && !e.closest('defs, clipPath') && getComputedStyle(e).fill !== 'none' && e.getBBox().width > .98 * s.viewBox.baseVal.width
          && e.getBBox().height > .98 * s.viewBox.baseVal.height)).length,
    faint: plots.flatMap(s => [...s.querySelectorAll('text')]).filter(t => contrast(getComputedStyle(t).fill, paper) < 3)
        .map(t => t.textContent),
    small: plots.flatMap(s => [...s.querySelectorAll('text')]).filter(t => t.getBoundingClientRect().height < 8).map(t => t.textContent),
    paper,
  }
}
