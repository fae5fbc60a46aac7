// Figures with moving lines start when they are first seen.
{
  const moving = [...document.querySelectorAll("figure.plot")].filter(figure => figure.querySelector(".draw"));
  const watch = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting) { target.classList.add("seen"); watch.unobserve(target); }
  }, { threshold: 0.4 });
  for (const figure of moving) watch.observe(figure);
}
