// The explorer of the home page: moves the bars as the logits move. What stands there before is
// in the page already; see machinery/content/explorer.py. On other pages, numbers.js uses its functions.

// Return what the snippets return for one example, its true class counted from 0.
function explore(z, c) {
  const largest = Math.max(...z)
  const exponentials = z.map((entry) => Math.exp(entry - largest))
  const total = exponentials.reduce((sum, entry) => sum + entry)
  const s = exponentials.map((entry) => entry / total)
  const y = z.map((_, i) => (i === c ? 1 : 0))
  const gradient = s.map((entry, i) => entry - y[i])
  return { s, y, gradient, loss: Math.log(total) - (z[c] - largest) }
}

function shown(number, digits) {
  return number.toFixed(digits).replace("-", "−").replace(/^−(?=[0.]+$)/, "")
}

function sliders(form) {
  return [...form.querySelectorAll("[type=range]")]
}

// Return the logits and the class that were chosen.
function controlled(form) {
  return [sliders(form).map((slider) => Number(slider.value)), Number(form.elements.class.value)]
}

function setControls(form, z, c) {
  form.elements.class.value = c
  sliders(form).forEach((slider, i) => {
    slider.value = z[i]
    slider.parentElement.querySelector(".value").textContent = shown(z[i], 1)
  })
}

function setUpExplorer(form) {
  function show() {
    setControls(form, ...controlled(form))
    const { s, y, gradient, loss } = explore(...controlled(form))
    for (const [name, values] of Object.entries({ probabilities: s, labels: y, gradient })) {
      form.querySelectorAll(`.${name} .bar`).forEach((bar, i) => {
        bar.style.setProperty("--value", values[i])
        bar.classList.toggle("negative", values[i] < 0)
        bar.firstChild.textContent = shown(values[i], 2)
      })
    }
    form.querySelector(".loss").style.setProperty("--value", loss)
    form.querySelector("output").textContent = shown(loss, 4)
  }

  for (const control of form.elements) control.disabled = false
  form.addEventListener("input", show)
  form.addEventListener("reset", () => setTimeout(show)) // when the values are back
  form.querySelector("[type=button]").addEventListener("click", () => {
    const [z, c] = controlled(form)
    const { gradient } = explore(z, c)
    setControls(form, z.map((entry, i) => entry - gradient[i]), c)
    show()
  })
  show()
}

// The page that has the explorer loads this file, also each time that instant navigation brings the page.
if (typeof document !== "undefined") document.querySelectorAll("form.explorer").forEach(setUpExplorer)
