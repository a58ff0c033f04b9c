// What the theme's script adds to a page: mended for keyboards and screen readers.
document$.subscribe(() => {
  // A box that scrolls must be within reach of the keyboard.
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) box.tabIndex = 0
  // A copy button is no navigation: as landmarks, dozens of them would hide the real ones.
  for (const bar of document.querySelectorAll(".md-code__nav")) bar.setAttribute("role", "presentation")
})
