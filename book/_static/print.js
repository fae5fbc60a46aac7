// Paper is light, whatever the screen: the theme's own rules for dark pages would print pale letters.
{
  const page = document.documentElement;
  let theme;
  addEventListener("beforeprint", () => { theme = page.dataset.theme; page.dataset.theme = "light"; });
  addEventListener("afterprint", () => { page.dataset.theme = theme; });
}
