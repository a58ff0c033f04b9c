// The cells of a notebook on its page, and what their copy buttons give. Instant navigation runs this file each time it brings
// such a page: hence the block around it, because `const` at the top level would be declared twice.
{
  // A cell needs lines of cells above it, which are copied along; machinery/content/copied_cells.py says which.
  const cells = [...document.querySelectorAll("article .language-python")].map((block) => {
    const copied = block.cloneNode(true)
    for (const door of copied.querySelectorAll(".checks-door")) door.remove()
    return copied.textContent.trimEnd().split("\n")
  })
  for (const block of document.querySelectorAll("[data-needs]")) {
    const needed = block.dataset.needs.split(" ").map((lines) => {
      const [cell, first, last] = lines.split("-")
      return cells[cell].slice(first - 1, last).join("\n")
    })
    block.dataset.copy = [...needed, block.textContent.trimEnd()].join("\n\n\n")
  }

  // A diff gives the lines as they are to be, without the signs before them.
  for (const block of document.querySelectorAll(".language-diff")) {
    const kept = block.textContent.split("\n").filter((line) => !line.startsWith("-"))
    block.dataset.copy = kept.map((line) => line.slice(1)).join("\n")
  }

  // A program that writes a file is long: it is fetched when a reader unfolds it. From a folder, its link remains.
  for (const link of document.querySelectorAll(".brought a[download]")) {
    const fold = link.closest("details")
    fold.addEventListener("toggle", async () => {
      if (!fold.open || fold.dataset.fetched || location.protocol === "file:") return
      const answer = await fetch(link.href)
      if (!answer.ok) return
      fold.querySelector("pre code").textContent = await answer.text()
      fold.dataset.fetched = true
    })
  }
}
