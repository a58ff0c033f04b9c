// The numbers below the equations follow the logits and the true class. The build has found out which of the quantities
// each number is: see machinery/equations/moving.py. This file needs explorer.js.

// Return what the numbers may be, for one example with its true class counted from 0.
function quantities(z, c) {
  const { s, y, gradient, loss } = explore(z, c)
  const e = z.map(Math.exp)
  const sum = e.reduce((total, entry) => total + entry)
  const jacobian = s.map((row, i) => s.map((column, j) => row * ((i === j) - column)))
  const trueFirst = [c, ...[0, 1, 2].filter((i) => i !== c)]
  const ofClasses = trueFirst.flatMap((i) => [i + 1, e[i], s[i], e[i] * e[c], jacobian[i][c]])
  return [z, e, s, y, gradient, jacobian, jacobian[c], ofClasses, loss, sum, sum ** 2, e[c] * (sum - e[c]), 1 / s[c], 1 - s[c]].flat(2)
}

function isExact(x) {
  return Math.abs(x - x.toFixed(4)) <= 1e-12 * Math.max(1, Math.abs(x))
}

// Return a number without its sign, as the page writes it; if it is tiny, its digits and its power of ten.
function decimal(x) {
  const size = Math.abs(x)
  if (isExact(size)) return [String(Number(size.toFixed(4)))]
  if (size < 0.0005) return size.toExponential(1).split("e")
  return [size.toFixed(Math.max(0, 4 - Math.max(0, Math.floor(Math.log10(size)))))]
}

// Return what of an element is seen, or the element itself in MathML.
function glyph(element) {
  return element.firstElementChild ?? element
}

// Return what changes in a formula: its numbers, which take their marks away, and its signs of equality.
function parts(formula, marks) {
  const spoken = formula.querySelectorAll("mn")
  const numbers = [...formula.querySelectorAll("mjx-mn")].map((seen, i) => {
    const [, signed, place] = marks.shift().match(/(±?)(.*)/)
    return { seen, spoken: spoken[i], signed, place }
  })
  const equals = [...formula.querySelectorAll("mjx-mo, mo")].filter((sign) => /^[=≈]$/.test(sign.textContent)).map(glyph)
  return { formula, tex: formula.dataset.tex, numbers, equals }
}

// Write a number as glyphs and as MathML, and return its TeX. Where its sign may change, it replaces a minus in front.
function write({ seen, spoken, signed }, x) {
  const [digits, power] = decimal(x)
  const sign = signed && x < 0 ? "−" : ""
  for (const { previousElementSibling: before } of signed ? [seen, spoken] : []) {
    if (before?.textContent === "−") glyph(before).setAttribute("hidden", "")
  }
  seen.innerHTML = `<mjx-digits>${sign}${digits}${power ? `<i>⋅</i>10<sup>−${-power}</sup>` : ""}</mjx-digits>`
  spoken.textContent = sign + (power ? Math.abs(x).toFixed(1 - power) : digits)
  return (sign && "-") + digits + (power ? ` \\cdot 10^{${power}}` : "")
}

// Write the numbers of a row. Its sides are equal up to the first number that is rounded.
function writeRow(row, values) {
  let exact = true
  for (const { formula, tex, numbers, equals } of row) {
    if (formula.closest("[hidden]")) continue // the form of another class
    const written = numbers.map((number) => {
      if (number.place === "-") return null
      exact &&= isExact(values[number.place])
      return { signed: number.signed, tex: write(number, values[number.place]) }
    })
    for (const sign of equals) sign.textContent = exact ? "=" : "≈"
    formula.dataset.tex = tex
      .replace(/(-?)\d+(?:\.\d+)?/g, (old, minus) => {
        const now = written.shift()
        return now ? (now.signed ? "" : minus) + now.tex : old
      })
      .replace(/=|\\approx/, exact ? "=" : "\\approx")
  }
}

function setUpNumbers() {
  const controls = document.querySelector("template#controls").content
  const folds = [...document.querySelectorAll("[data-marks]")]
  const rows = folds.flatMap((fold) => {
    const marks = fold.dataset.marks.split(" ")
    const found = [...fold.querySelectorAll("summary, .numbers-box p, .numbers-box > div > div")]
    return found.map((row) => [...row.querySelectorAll("mjx-container")].map((formula) => parts(formula, marks)))
  })
  const forms = []

  function show(z, c) {
    for (const form of forms) setControls(form, z, c)
    for (const form of document.querySelectorAll("[data-class]")) form.hidden = form.dataset.class != c
    const values = quantities(z, c)
    for (const row of rows) writeRow(row, values)
  }

  function addControls(fold) {
    if (fold.querySelector("form")) return
    fold.firstElementChild.after(controls.cloneNode(true))
    const form = fold.querySelector("form")
    for (const control of form.elements) control.disabled = false
    const follow = () => {
      const { top } = form.getBoundingClientRect()
      show(...controlled(form))
      scrollBy({ top: form.getBoundingClientRect().top - top, behavior: "instant" }) // nothing moves under the finger
    }
    form.addEventListener("input", follow)
    form.addEventListener("reset", () => setTimeout(follow)) // when the values are back
    if (forms.length) setControls(form, ...controlled(forms[0]))
    forms.push(form)
  }

  for (const fold of folds) fold.addEventListener("toggle", () => addControls(fold))
}

if (typeof document !== "undefined") setUpNumbers()
