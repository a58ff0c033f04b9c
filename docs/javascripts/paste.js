// "Paste your numbers": compares a pasted loss and gradient with a table that the build made.
// Nothing leaves the page.

const FEW = 2e-4 // a loss that is not known to four decimals is near too many others
const DISAGREE = "loss and gradient disagree on the mean"

// What stands around the numbers in the print-outs of Python, PyTorch, Julia, MATLAB and R.
const AROUND = [
  /\d+[×x]\d+(?:x\d+)? +(?:\w+\{[^}]*\}|double|single)( +matrix)?:?/g, // 3×4 Matrix{Float64}:
  /\d+[×x]\d+ +(?:adjoint|transpose)\([^)]*\)(?: with eltype \w+)?:?/g, // 3×4 adjoint(::Matrix{Float64}) ...
  /\d+-element +\w+\{[^}]*\}:?/g,
  /\b(?:np|numpy|torch|tf|jnp)\.\w+/g, // np.float64(...), dtype=torch.float64
  /\bgrad_fn=<[^>]*>/g,
  /\bdevice='[^']*'/g,
  /\bshape=\([^)]*\)/g, // TensorFlow's
  /\bColumns? \d+(?: (?:through|to|and) \d+)?:?/g,
  /\b(?:dtype|requires_grad|True|False|Parameter|containing|tensor|(?:device)?array|numpy|matrix|loss|gradient|grad|ans|float\d*)\b/gi,
  /\[ *\d* *, *\d* *\](?!\d)/g, // R's [1,] and [,1]
  /^ *\[\d+\](?= )/gm, // R's [1]
  /^ *[A-Za-z_]\w*\s*[=:]/gm, // the name of a variable
]
const SCALE = /(\d+(?:\.\d+)?(?:e[+-]?\d+)?) *\*/i // MATLAB's 1.0e-03 *
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[edf][+-]?\d+)?|[+-]?\b(?:nan|inf(?:inity)?)\b/gi

// Return {numbers: [{value, unit}]} or {problem, at}: unit is one in the last digit given, at
// what can't be read begins and ends there.
function read(text, expected, what) {
  let rest = text.replace(/[−–]/g, "-").replace(/\r/g, " ")
  if (!rest.includes(".")) rest = rest.replace(/(\d),(?=\d\d)/g, "$1.") // 0,123 where the comma is the point
  const blank = (found) => found.replace(/[^\n]/g, " ")
  if (/\.\.\.|…|⋯|⋮/.test(rest)) return { problem: `${what}: some numbers are left out, where it says “…”. Print all of them.` }
  for (const pattern of AROUND) rest = rest.replace(pattern, blank)
  let scale = 1
  rest = rest.replace(SCALE, (found, number) => {
    scale = Number(number)
    return blank(found)
  })
  const numbers = []
  const left = rest.replace(NUMBER, (found) => {
    numbers.push(quantity(found, scale))
    return blank(found)
  })
  const strange = left.search(/[^\s[\](){}<>,;:=|&'\\]/)
  if (strange >= 0) {
    const before = left.slice(0, strange).split("\n")
    const word = rest.slice(strange).match(/^[^\s,;\])]+/)[0]
    const place = `${what}, line ${before.length}, column ${before.at(-1).length + 1}`
    return { problem: `${place}: can't read “${word}”.`, at: [strange, strange + word.length] }
  }
  if (numbers.length !== expected) {
    const needed = expected === 1 ? "1 is needed" : `${expected} are needed, 3 rows of 4`
    return { problem: `${what}: ${numbers.length || "no"} number${numbers.length === 1 ? "" : "s"} found; ${needed}.` }
  }
  return { numbers: withDigitsOfZeros(numbers) }
}

// NumPy prints an exact zero as `0.`, MATLAB as `0`. It is known as well as the number with the most digits.
function withDigitsOfZeros(numbers) {
  const units = numbers.filter(({ value }) => value !== 0).map(({ unit }) => unit)
  const least = units.length ? Math.min(...units) : 0
  return numbers.map(({ value, unit }) => ({ value, unit: value === 0 ? Math.min(unit, least) : unit }))
}

function quantity(text, scale) {
  const [, digits, exponent] = text.toLowerCase().match(/^[+-]?([\d.]*)(?:[edf]([+-]?\d+))?/)
  const decimals = (digits.split(".")[1] || "").length
  if (/[in]/i.test(text)) return { value: /nan/i.test(text) ? NaN : text[0] === "-" ? -Infinity : Infinity, unit: 0 }
  return { value: Number(text.toLowerCase().replace(/[df]/, "e")) * scale, unit: 10 ** (Number(exponent || 0) - decimals) * scale }
}

// Whether a number, with the digits given, is the expected one; the table has 12 digits, and
// who computes in float32 has 6.
function fits({ value, unit }, expected, largest) {
  return Math.abs(value - expected) <= 0.5001 * unit + 2e-6 * largest
}

function explanations(seen, table, key) {
  const found = []
  for (const row of table.rows) {
    if (row[key] === null) continue
    for (const scale of table.scales) {
      const expected = [row[key]].flat().map((entry) => entry * scale.factor)
      const largest = Math.max(...expected.map(Math.abs))
      if (seen.every((number, i) => fits(number, expected[i], largest))) {
        found.push({ names: row.names, scale: scale.name, count: row.names.length + (scale.name ? 1 : 0) })
      }
    }
  }
  return found.filter((one) => one.count <= 2)
}

const transposed = (numbers, N, k) => numbers.map((_, at) => numbers[(at % k) * N + Math.floor(at / k)])
const same = (one, other) => one.scale === other.scale && one.names.join() === other.names.join()
const distinct = (found) => found.filter((one, at) => found.findIndex((other) => same(one, other)) === at)

function unclear(what, found) {
  const names = found.map((one) => [...one.names, one.scale].filter(Boolean).join(" + ") || "right")
  return { verdict: "unclear", text: `With so few digits ${what} may be: ${names.join("; or ")}. Paste more digits.`, mistakes: [] }
}

// Return {verdict, text, mistakes: names} for two pasted texts; the loss may be empty.
function compare(lossText, gradientText, table) {
  const { N, k } = table
  const gradient = read(gradientText, N * k, "Gradient")
  const loss = lossText.trim() ? read(lossText, 1, "Loss") : { numbers: null }
  for (const [field, { problem, at }] of Object.entries({ gradient, loss })) {
    if (problem) return { verdict: "unread", text: problem, mistakes: [], field, at }
  }

  if (gradient.numbers.every(({ unit }) => unit >= 1)) {
    const text = "Whole numbers may be rounded ones, which fit too much. Paste more digits."
    return { verdict: "unclear", text, mistakes: [] }
  }
  let ofGradient = distinct(explanations(gradient.numbers, table, "gradient"))
  let turned = ""
  if (!ofGradient.length) {
    ofGradient = distinct(explanations(transposed(gradient.numbers, N, k), table, "gradient"))
    if (ofGradient.length) turned = " Your examples stand in columns."
  }
  if (ofGradient.length > 1) return unclear("it", ofGradient)
  const best = ofGradient[0]
  if (!best) return { verdict: "wrong", text: farthest(gradient.numbers, table), mistakes: [] }

  // Of several losses that fit, the one with the gradient's own mistakes is taken, or the one with the fewest.
  const all = loss.numbers ? distinct(explanations(loss.numbers, table, "loss")) : []
  const fewest = all.filter(({ count }) => count === Math.min(...all.map((one) => one.count)))
  const own = all.find((one) => same(one, best)) || fewest[0]
  const few = loss.numbers && loss.numbers[0].unit > FEW
  if (own && own.count && !same(own, best) && (few || fewest.length > 1)) return unclear("the loss", fewest)
  const gradientIsRight = best.count ? "" : " The gradient is right."
  const mistakes = [...best.names]
  if (own) for (const name of own.names) if (!mistakes.includes(name)) mistakes.push(name)
  if (own && own.scale !== best.scale && own.scale !== null) mistakes.push(DISAGREE)
  if (best.scale) mistakes.push(best.scale)
  if (loss.numbers && !own) {
    const right = (table.rows[0].loss / N).toPrecision(7)
    const found = `${loss.numbers[0].value}, it must be ${right}.${formula(loss.numbers, table, "loss")}`
    return { verdict: "wrong", text: `The loss fits no known mistake: ${found}${gradientIsRight}${turned}`, mistakes }
  }
  if (mistakes.length) return { verdict: "wrong", text: `Wrong.${gradientIsRight}${turned}`, mistakes }
  const what = loss.numbers ? "Loss and gradient are" : "The gradient is"
  return { verdict: "right", text: `${what} right, to the digits given.${turned}`, mistakes }
}

// Say which formula gives these numbers, if one alone does.
function formula(numbers, { formulas, scales }, part) {
  const found = []
  if (part === "loss" && numbers[0].unit > FEW) return ""
  for (const { text, values } of formulas[part]) {
    for (const { factor, per } of scales) {
      for (const [times, sign] of [[1, ""], [-1, "-"], [2, "2 "], [-2, "-2 "]]) {
        const expected = values.map((value) => value * times * factor)
        const largest = Math.max(...expected.map(Math.abs))
        if (numbers.every((number, i) => fits(number, expected[i], largest))) found.push(` It is ${sign}${text.replace("{per}", per)}.`)
      }
    }
  }
  return found.length === 1 ? found[0] : ""
}

function farthest(numbers, table) {
  const right = table.rows[0].gradient.map((entry) => entry / table.N)
  const errors = numbers.map(({ value }, at) => (Number.isNaN(value) ? Infinity : Math.abs(value - right[at])))
  const at = errors.indexOf(Math.max(...errors))
  const place = `row ${Math.floor(at / table.k) + 1}, class ${(at % table.k) + 1}, counted from 1`
  return `Wrong, but no known mistake. Farthest off: ${place}, expected ${right[at].toPrecision(6)}, got ${numbers[at].value}.${formula(numbers, table, "gradient")}`
}

function setUp() {
  const form = document.getElementById("paste")
  if (!form) return
  const table = JSON.parse(document.getElementById("paste-table").textContent)
  const [loss, gradient, answer] = ["loss", "gradient", "answer"].map((name) => document.getElementById(`paste-${name}`))
  const fields = { loss, gradient }
  const show = () => {
    const { verdict, text, mistakes, field, at } = compare(loss.value, gradient.value, table)
    answer.dataset.verdict = verdict
    answer.replaceChildren(element("p", text), ...mistakes.map((name) => explained(name, table.mistakes[name])))
    for (const name in fields) fields[name].setAttribute("aria-invalid", name === field)
    return { field: fields[field], at }
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const { field, at } = show()
    if (!field) return
    field.focus() // where something is to be mended
    if (at) field.setSelectionRange(...at)
  })
  for (const field of [loss, gradient]) {
    field.addEventListener("paste", () => setTimeout(() => gradient.value.trim() && show())) // when the text has arrived
  }
}

function element(tag, ...content) {
  const made = document.createElement(tag)
  made.append(...content)
  return made
}

function explained(name, { hint, fix, page }) {
  const link = element("a", name[0].toUpperCase() + name.slice(1))
  link.href = `../${page}`
  const fold = element("details", element("summary", "The fix"), fix)
  return element("div", element("strong", link), element("p", hint), fold)
}

// With instant navigation a page may come without being loaded; `document$` tells of each.
if (typeof document$ !== "undefined") document$.subscribe(setUp)
else if (typeof document !== "undefined") document.addEventListener("DOMContentLoaded", setUp)
if (typeof module !== "undefined") module.exports = { compare, read }
