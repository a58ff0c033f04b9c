// "Paste your numbers": reads a loss and a gradient as languages print them, and compares them with
// a table that machinery/paste.py makes while the site is built. Nothing leaves the page.
// Instant navigation runs this file each time it brings the page: hence `var` at the top level, never `const`.

// "3 × 4", nan and inf, a word, a power of ten before what it scales, or a number. A number may have Mathematica's
// precision (0.5`16), an exponent (1e-2, 1D-02, 5*^-2, 5 \times 10^{-2}), and its type (1.5f, 1.5_f64). Letters behind
// it make it a name ("3rd").
function tokensOf(text, point) {
  const token = [
    String.raw`\d+ ?[x×] ?\d+(?![\d.^*])`,
    String.raw`(?<special>[+-]?(?:nan|inf(?:inity)?)(?:16|32)?)(?![\p{L}\d_])`,
    String.raw`\\?[\p{L}_][\p{L}\d_.]*`,
    String.raw`10(?:\^|\*\*)[{(]?(?<power>[+-]?\d+)[})]?`,
    String.raw`(?<digits>(?:\{-\}|[+-])?(?:\d+(?:${point}\d*)?|\.\d+))(?:\x60+[\d.]*)?` +
      String.raw`(?:(?:[bdefq]|\*\^| ?(?:[*×·⋅x]|\\times|\\cdot) ?10(?:\^|\*\*|(?=[+-]))[{(]?)(?<exponent>[+-]?\d+)[})]?)?` +
      String.raw`(?:_?f(?:32|64)|[fdl])?(?<glued>[\p{L}_][\p{L}\d_]*)?`,
  ]
  return text.matchAll(new RegExp(token.join("|"), "giu"))
}

var TIMES = /^ *(?:[*×·⋅]|\\times|\\cdot) *(?=[[({\n]|\\begin|\\left|$)/ // MATLAB's "1.0e-03 *"
var BEFORE = /^ *(?=[[({\n]|\\begin|\\left|$)/
var PERCENT = /^ ?\\?%(?! *\p{L})/u
var TYPED = /^ *(?:(?:>>>?|\.\.\.|In ?\[\d+\]:|julia>|octave:\d+>) *[\p{L}_(].*|> *[\p{L}_(](?!.*\d\.\d).*)$/gmu // behind a prompt
var SIZES = /[\p{L}\d_][([{] *\d+(?: *, *\d+)* *[)\]}]|\[ *\d* *, *\d* *\]|^ *\[\d+\]|\b(?:col(?:umn)?s?|rows?|shape|size)\b[^\n.]*|\d+-element/gimu
var LEFT_OUT = /\.\.\.|…|⋯|⋮|⋱/

// Return {numbers, rows, text}, where a number is {value, unit}: unit is one in the last digit given. Or return
// {problem, at}: what can't be read begins and ends there. `counts` are those that will do, the best one first.
function read(pasted, counts, what) {
  const text = clean(pasted)
  const points = /\d\.\d/.test(text) ? ["\\."] : ["\\.", ","] // 0,123 where the comma is the point
  const found = points.map((point) => tokens(text, point))
  const readings = found.map(({ numbers }) => readingsOf(numbers, text))
  const doubtful = LEFT_OUT.test(text) || found.some(({ strange }) => strange) // then a part is no gradient of its own
  for (const count of counts) {
    for (const kind of readings[0].keys()) {
      for (const reading of readings) {
        const part = count < counts[0]
        if (reading[kind].length === count && !(part && (doubtful || kind > 1))) return { numbers: known(reading[kind]), text }
      }
    }
  }
  return unreadable(what, text, found.at(-1), counts[0])
}

// Keep every character in its place, so that what can't be read can be marked.
function clean(pasted) {
  const blank = (found) => " ".repeat(found.length)
  let text = pasted.replace(/[−–‐‑⁻]|[¯~](?=\.?\d)/g, "-").replace(/[\t\r\u00a0\u2007\u202f]/g, " ").replace(TYPED, blank)
  text = text.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit))
  const list = text.split("\n").every((line) => /^\s*(?:-\s|$)/.test(line)) // of bullets, which are no signs
  if (!list) text = text.replace(/(^|[&,;[({|}\\])( *)-( +)(?=\.?\d)/gm, "$1$2$3-") // "& - 0.29"
  return text
}

function tokens(text, point) {
  const numbers = []
  let strange = null
  let scale = 1
  for (const { 0: token, index: at, groups } of tokensOf(text, point)) {
    const { special, power, digits, exponent = 0, glued } = groups
    const end = at + token.length
    const rest = text.slice(end)
    if (special) {
      const value = /nan/i.test(token) ? NaN : token[0] === "-" ? -Infinity : Infinity
      numbers.push({ value, unit: 0, whole: false, at, end })
    } else if (power) {
      if (TIMES.test(rest) || BEFORE.test(rest)) scale = 10 ** Number(power)
    } else if (digits && !glued) {
      const mantissa = digits.replace(/[{}]/g, "").replace(",", ".")
      const decimals = (mantissa.split(".")[1] || "").length
      const value = Number(`${mantissa}e${exponent}`)
      if (TIMES.test(rest)) scale = value
      else numbers.push({ value: value * scale, unit: 10 ** (exponent - decimals) * scale, whole: !decimals && !exponent, percent: PERCENT.test(rest), at, end })
      if (/^[/^]\d/.test(rest)) strange ??= [at, end + rest.match(/^[/^][\d.]+/)[0].length]
    }
  }
  return { numbers, strange }
}

// Return the numbers, with fewer and fewer of those that may be sizes or names of rows and columns: integers.
function readingsOf(numbers, text) {
  const sizes = [...text.matchAll(SIZES)].map((found) => [found.index, found.index + found[0].length])
  const data = numbers.filter(({ whole, at }) => !whole || !sizes.some(([from, to]) => at >= from && at < to))
  const lines = rowsOf(data, text, /\n/)
  const body = lines.length > 1 && lines[0].every(({ whole }) => whole) ? lines.slice(1) : lines
  const named = body.length > 1 && body.every(([first], at) => first.whole && first.value === body[0][0].value + at)
  return [numbers.filter(({ whole }) => !whole), numbers, data, body.flat(), body.flatMap((line) => line.slice(named ? 1 : 0))]
}

function rowsOf(numbers, text, separator) {
  const rows = []
  for (const [at, number] of numbers.entries()) {
    if (!at || separator.test(text.slice(numbers[at - 1].end, number.at))) rows.push([])
    rows.at(-1).push(number)
  }
  return rows
}

// Return the numbers with percents taken into account, and with the digits of zeros: NumPy prints an exact zero as `0.`,
// MATLAB as `0`, and it is known as well as the number with the most digits.
function known(numbers) {
  const factor = numbers.some(({ percent }) => percent) ? 0.01 : 1
  const units = numbers.filter(({ value }) => value !== 0).map(({ unit }) => unit)
  const least = units.length ? Math.min(...units) : 0
  return numbers.map(({ value, unit, at, end }) => ({ value: value * factor, unit: (value === 0 ? Math.min(unit, least) : unit) * factor, at, end }))
}

function unreadable(what, text, { numbers, strange }, needed) {
  if (LEFT_OUT.test(text)) return { problem: `${what}: some numbers are left out, where it says “…”. Print all of them.` }
  if (strange) {
    const before = text.slice(0, strange[0]).split("\n")
    const place = `${what}, line ${before.length}, column ${before.at(-1).length + 1}`
    return { problem: `${place}: can't read “${text.slice(...strange)}”.`, at: strange }
  }
  const some = numbers.filter(({ whole }) => !whole)
  return { problem: miscounted(what, (some.length ? some : numbers).length, needed) }
}

function miscounted(what, count, needed) {
  const wanted = needed === 1 ? "1 is needed" : `${needed} are needed, 3 rows of 4`
  return `${what}: ${count || "no"} number${count === 1 ? "" : "s"} found; ${wanted}.`
}

// Return the orders in which the numbers may have been printed, the likeliest first. An order has for each number
// its place in the gradient, row by row. Rows may be cut into blocks of columns, as R and MATLAB do at 80 columns.
function ordersOf(numbers, text, { N, k }) {
  const orders = []
  if (numbers.length === k) {
    for (let n = 0; n < N; n++) orders.push({ order: numbers.map((_, i) => n * k + i), note: ` This is example ${n + 1} alone.`, example: n })
    return orders
  }
  const classes = numbers.length / N
  const missing = classes < k ? ` Class ${k} is missing, as where its logit is fixed at 0.` : ""
  for (const separator of [/[\])}]/, /\n/, /;|\\\\/]) {
    const rows = rowsOf(numbers, text, separator)
    if (rows.length === 1 || rows.length === numbers.length) continue // a flat list
    for (const [lines, turned] of [[N, false], [classes, true]]) {
      const filled = Array(lines).fill(0)
      const order = rows.flatMap((row, at) => row.map(() => {
        const [line, column] = [at % lines, filled[at % lines]++]
        return turned ? column * k + line : line * k + column
      }))
      const note = (turned ? " Your examples are in columns." : "") + missing
      if (filled.every((count) => count * lines === numbers.length)) orders.push({ order, note, turned })
    }
  }
  const byRow = numbers.map((_, at) => Math.floor(at / classes) * k + (at % classes))
  const byColumn = numbers.map((_, at) => (at % N) * k + Math.floor(at / N))
  return [...orders, { order: byRow, note: missing }, { order: byColumn, note: missing }]
}

// Whether a number is the expected one, to the digits given and the rounding of its type.
function fits({ value, unit }, expected, largest, slack) {
  return Math.abs(value - expected) <= 0.5001 * unit + slack * largest
}

function allFit(numbers, order, expected, slack) {
  const largest = Math.max(...expected.map(Math.abs))
  return numbers.every((number, at) => fits(number, expected[order[at]], largest, slack))
}

// Return the distinct explanations {names, scale, count} of a loss or a gradient in this order, two mistakes at most.
function explanations(numbers, order, table, part, slack) {
  const found = new Map()
  for (const row of table.rows) {
    if (row[part] === null) continue
    for (const { name, factor } of table.scales) {
      const count = row.names.length + (name === "mean" || name === "sum" ? 0 : 1)
      const expected = [row[part]].flat().map((entry) => entry * factor)
      if (count <= 2 && allFit(numbers, order, expected, slack)) found.set([...row.names, name].join(), { names: row.names, scale: name, count })
    }
  }
  return [...found.values()]
}

function same(one, other) {
  return one.scale === other.scale && one.names.join() === other.names.join()
}

function isRight({ names, scale }) {
  return !names.length && (scale === "mean" || scale === "sum")
}

function unclear(what, found) {
  const names = found.map(({ names, scale }) => [...names, scale === "mean" ? "" : scale].filter(Boolean).join(" + ") || "right")
  return { verdict: "unclear", text: `With so few digits ${what} may be: ${names.join("; or ")}. Paste more digits.`, mistakes: [] }
}

// Return {verdict, text, mistakes: names} for two pasted texts. One may be empty: the other then has the gradient, or both.
function compare(lossText, gradientText, table) {
  const { N, k, tolerance } = table
  if (!gradientText.trim()) [lossText, gradientText] = ["", lossText]
  const gradient = read(gradientText, [N * k, N * k + 1, N * (k - 1), k], "Gradient")
  const loss = lossText.trim() ? read(lossText, [1, N], "Loss") : { numbers: [] }
  for (const [field, { problem, at }] of Object.entries({ gradient, loss })) {
    if (problem) return { verdict: "unread", text: problem, mistakes: [], field, at }
  }
  let { numbers, text } = gradient
  if (numbers.length > N * k) {
    const lines = rowsOf(numbers, text, /\n/)
    const first = lines[0].length === 1 || lines.at(-1).length > 1
    const [more] = numbers.splice(first ? 0 : -1, 1)
    if (!loss.numbers.length) loss.numbers = [more]
  }
  if (numbers.every(({ unit }) => unit >= 1)) {
    return { verdict: "unclear", text: "Whole numbers may be rounded ones, which fit too much. Paste more digits.", mistakes: [] }
  }
  const type = text.match(/bf(?:loat)?16|float16|half|\bf16\b/i)
  const slack = !type ? tolerance.float32 : type[0].startsWith("b") ? tolerance.bfloat16 : tolerance.float16
  return judge(mean(loss.numbers), numbers, ordersOf(numbers, text, table), table, slack)
}

// Of losses one by one, the mean is taken.
function mean(losses) {
  const sum = (values) => values.reduce((total, value) => total + value / losses.length, 0)
  return losses.length ? { value: sum(losses.map(({ value }) => value)), unit: sum(losses.map(({ unit }) => unit)) } : null
}

function judge(loss, gradient, orders, table, slack) {
  const fitting = orders.map((order) => ({ ...order, found: explanations(gradient, order.order, table, "gradient", slack) }))
  const chosen = fitting.find(({ found }) => found.some(isRight)) || fitting.find(({ found }) => found.length)
  if (!chosen && gradient.length < table.N * table.k) {
    return { verdict: "unread", text: miscounted("Gradient", gradient.length, table.N * table.k), mistakes: [], field: "gradient" }
  }
  if (!chosen) return unknown(gradient, orders, table, slack)
  if (chosen.found.length > 1) return unclear("it", chosen.found)
  const [best] = chosen.found
  const { note, example } = chosen
  const gradientIsRight = isRight(best) ? ` The gradient is right${best.scale === "sum" ? ", for the sum over the batch" : ""}.` : ""

  // Of several losses that fit, the one with the gradient's own mistakes is taken, or the one with the fewest.
  let all = loss ? explanations([loss], [0], table, "loss", slack) : []
  if (loss && example !== undefined && allFit([loss], [0], [table.losses[example]], slack)) all = [best]
  const fewest = all.filter(({ count }) => count === Math.min(...all.map((one) => one.count)))
  const own = all.find((one) => same(one, best)) || fewest[0]
  const few = loss && loss.unit > table.tolerance.loss && own && !(isRight(own) && own.scale === "mean")
  if (own && !same(own, best) && (few || fewest.length > 1)) return unclear("the loss", fewest)

  const { right, named } = table.pairs[own ? own.scale : ""][best.scale]
  if (loss && !own) {
    const must = example === undefined ? table.rows[0].loss / (best.scale === "sum" ? 1 : table.N) : table.losses[example]
    const found = `${loss.value}, it must be ${must.toPrecision(7)}.${formula([loss], [0], table, "loss", slack)}`
    return { verdict: "wrong", text: `The loss fits no known mistake: ${found}${gradientIsRight}${note}`, mistakes: [...best.names, ...named] }
  }
  const names = [...new Set([...best.names, ...(own ? own.names : [])])]
  if (!names.length && right) return { verdict: "correct", text: right + note, mistakes: [] }
  const mistakes = isRight(best) && right ? names : [...names, ...named]
  return { verdict: "wrong", text: `Wrong.${gradientIsRight}${note}`, mistakes }
}

// What fits no known mistake: low precision, a formula, or a place.
function unknown(gradient, orders, table, slack) {
  for (const { order, note } of orders) {
    const said = formula(gradient, order, table, "gradient", slack)
    if (said) return { verdict: "wrong", text: `Wrong, but no known mistake.${said}${note}`, mistakes: [] }
  }
  // The nearest order counts, and a sum with one wrong entry is compared with the sum.
  const scales = table.scales.filter(({ name }) => name === "mean" || name === "sum")
  const tries = orders.flatMap((one) => scales.map(({ factor }) => {
    const expected = one.order.map((place) => table.rows[0].gradient[place] * factor)
    const errors = gradient.map(({ value }, at) => (Number.isNaN(value) ? Infinity : Math.abs(value - expected[at])))
    return { ...one, expected, errors, close: errors.filter((error) => error < table.tolerance.float16).length }
  }))
  const nearest = tries.reduce((one, other) => (other.close > one.close ? other : one))
  const { order, note, turned, expected, errors } = nearest
  const at = errors.indexOf(Math.max(...errors))
  const [n, i] = [Math.floor(order[at] / table.k), order[at] % table.k]
  const place = turned ? `example ${n + 1}, class ${i + 1}` : `row ${n + 1}, class ${i + 1}, counted from 1`
  const far = `Farthest off: ${place}, expected ${expected[at].toPrecision(6)}, got ${gradient[at].value}.`
  if (allFit(gradient, [...expected.keys()], expected, table.tolerance.float16)) {
    return { verdict: "unclear", text: `Nearly right: is it float16, or a gradient by finite differences? In float64 it would be wrong. ${far}${note}`, mistakes: [] }
  }
  const shape = turned ? ` ${table.k} rows of ${table.N}: transposed? That is read as examples in columns.` : note
  return { verdict: "wrong", text: `Wrong, but no known mistake.${shape} ${far}`, mistakes: [] }
}

// Say which formula gives these numbers, if one alone does.
function formula(numbers, order, { formulas, scales, factors, tolerance }, part, slack) {
  const found = []
  if (part === "loss" && numbers[0].unit > tolerance.loss) return ""
  for (const { text, values } of formulas[part]) {
    for (const { factor, per } of scales) {
      for (const [times, sign] of factors) {
        const expected = values.map((value) => value * times * factor)
        if (allFit(numbers, order, expected, slack)) found.push(` It is ${sign}${text.replace("{per}", per)}.`)
      }
    }
  }
  return found.length === 1 ? found[0] : ""
}

function setUp() {
  const form = document.getElementById("paste")
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
    const answerable = () => gradient.value.trim() || loss.value.trim().includes("\n")
    field.addEventListener("paste", () => setTimeout(() => answerable() && show())) // when the text has arrived
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

if (typeof document !== "undefined") setUp()
