// Opened from its folder, without a server, a page's link to `derivation/` would show what is in that folder.
// The search, which can't read its index, is removed in main.html.
if (location.protocol === "file:") {
  for (const use of ["click", "auxclick", "contextmenu"])
    document.addEventListener(use, (event) => {
      const link = event.target.closest("a[href]")
      if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html"
    }, true)
  document.querySelector(".report").append(" · Search needs a server. In the site's folder: python -m http.server")
}
