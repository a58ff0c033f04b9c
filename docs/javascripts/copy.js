// A program that writes a file is long: it is fetched when a reader unfolds it. From a folder, its link remains.
document$.subscribe(() => {
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
})

// The copy button of a diff gives the lines as they are to be, without the signs before them.
document$.subscribe(() => {
  for (const block of document.querySelectorAll(".language-diff")) {
    const kept = block.textContent.split("\n").filter((line) => !line.startsWith("-"))
    block.dataset.copy = kept.map((line) => line.slice(1)).join("\n")
  }
})

// Copying text that holds formulas puts their TeX on the clipboard, not their glyphs, and code takes its folded checks along.
document.addEventListener("copy", (event) => {
  const selection = getSelection()
  if (selection.isCollapsed) return
  const range = selection.getRangeAt(0).cloneRange()
  const formulaAt = (node) => (node.closest ? node : node.parentElement)?.closest("mjx-container")
  const first = formulaAt(range.startContainer)
  const last = formulaAt(range.endContainer)
  if (first) range.setStartBefore(first)
  if (last) range.setEndAfter(last)

  const copied = range.cloneContents()
  const formulas = copied.querySelectorAll("mjx-container")
  if (!formulas.length && !copied.querySelector(".checks")) return
  for (const door of copied.querySelectorAll(".checks-door")) door.remove()
  for (const formula of formulas) {
    const { tex } = formula.dataset
    formula.replaceWith(formula.hasAttribute("display") ? `\\[\n${tex}\n\\]` : `\\(${tex}\\)`)
  }
  event.clipboardData.setData("text/plain", copied.textContent.trim())
  event.preventDefault()
})
