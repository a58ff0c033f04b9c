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
