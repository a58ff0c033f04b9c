// "Paste your numbers": reads a loss and a gradient as languages print them, and compares them with
// a table that machinery/content/paste.py makes while the site is built. Nothing leaves the page.
// Instant navigation runs this file each time it brings the page: hence `var` at the top level, never `const`.

// Reading: a text becomes numbers, and whatever else is in it is left aside.

// Find "(3,4)" and times of day, nan and inf, words, powers of ten before what they scale, and numbers. A number may have
// Mathematica's precision (0.5`16), an exponent (1e-2, 1D-02, 5*^-2, 5 \times 10^{-2}), and its type (1.5f, 1.5_f64).
// A word that is glued to it, or a unit of time, makes it another number than those that are looked for ("3rd", "5 ms").
function tokensOf(text, point) {
  const token = [
    String.raw`[[({][34], ?[34][\])}]|\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?`,
    String.raw`(?<special>[+-]?(?:nan|inf(?:inity)?)(?:16|32)?)(?![\p{L}\d_])`,
    String.raw`\\?[\p{L}_][\p{L}\d_.]*`,
    String.raw`10(?:\^|\*\*)[{(]?(?<power>[+-]?\d+)[})]?`,
    String.raw`(?<digits>[+-]?(?:\d+(?:${point}\d*)?|\.\d+))(?:\x60+[\d.]*)?` +
      String.raw`(?:(?:[bdefq]|\*\^| ?(?:[*×·⋅x]|\\times|\\cdot) ?10(?:\^|\*\*|(?=[+-]))[{(]?)(?<exponent>[+-]?\d+)[})]?)?` +
      String.raw`(?:_?f(?:32|64)|[fdl])?(?<glued>[\p{L}_][\p{L}\d_]*| (?:[mµn]?s|sec(?:onds?)?)\b)?`,
  ]
  return text.matchAll(new RegExp(token.join("|"), "giu"))
}

var TIMES = /^ *(?:[*×·⋅]|\\times|\\cdot) *(?=[[({\n]|\\begin|\\left|$)/ // MATLAB's "1.0e-03 *"
var BEFORE = /^ *(?=[[({\n]|\\begin|\\left|$)/
var PERCENT = /^ ?\\?%(?! *\p{L})/u
var TYPED = /^ *(?:>>>?|\.\.\.|In ?\[\d+\]:|julia>|octave:\d+>) *[\p{L}_(].*$/gmu // behind a prompt
var SIZES = /[\p{L}\d_][([{] *\d+(?: *, *\d+)* *[)\]}]|\[ *\d* *, *\d* *\]|^ *\[\d+\]|\b(?:col(?:umn)?s?|rows?|shape|size)\b[^\n.]*|\d+-element/gimu
var LEFT_OUT = /\.\.\.|…|⋯|⋮|⋱/

// Return {numbers, text}, where a number has a value, a unit, which is one in its last digit, and its place in the text.
// Or return {problem, at}: what can't be read begins and ends there. `counts` are those that will do, the best one first.
function read(pasted, counts, what) {
  const text = clean(pasted)
  // Where commas stand between digits, and are not the point, there are integers alone.
  const found = pointsOf(text).map((point) => numbersIn(text, point)).filter(({ numbers }, i) => !i || numbers.every(({ whole }) => whole))
  const readings = found.map(({ numbers }) => readingsOf(numbers, text))
  const doubtful = LEFT_OUT.test(text) || found.some(({ strange }) => strange) // then a part is no gradient of its own
  for (const reading of readings) {
    for (const count of counts) {
      const fitting = reading.find(({ length }) => length === count)
      if (fitting && (count >= counts[0] || !doubtful)) return { numbers: known(fitting), text }
    }
  }
  return unreadable(what, text, found[0], counts[0])
}

// Return what may be the decimal point, the likeliest first: the comma in 0,123 and in TeX's 0{,}123.
function pointsOf(text) {
  return /\d\.\d/.test(text) ? ["\\."] : ["(?:,|\\{,\\})", "\\."]
}

// Return the loss: one number, or one for each example, or the first behind its name where there is more than a loss.
function readLoss(text, { N, k }) {
  const loss = read(text, [1, N, N * k + 1], "Loss")
  const named = text.match(/\b(?:loss|cost|entropy)\b.*/is)
  const isList = loss.numbers && loss.numbers.every(({ at }, i, all) => !i || !/\p{L}/u.test(text.slice(all[i - 1].end, at)))
  if (!named || isList) return loss
  const { numbers } = numbersIn(clean(named[0]), pointsOf(named[0])[0])
  const first = numbers.find(({ whole }) => !whole) || numbers[0]
  return first ? { numbers: known([first]) } : loss
}

// Make minus signs of all that means one. Every character keeps its place, so that what can't be read can be marked.
function clean(pasted) {
  const blank = (found) => " ".repeat(found.length)
  let text = pasted.replace(/[\t\r\u00a0\u2007\u202f]/g, " ").replace(TYPED, blank)
  text = text.replace(/[−–‐‑⁻]|[¯~](?=\.?\d)|&minus;|(?:phantom)?\{-\}|\$-\$/g, (minus) => (minus[0] === "p" ? " " : "-").padStart(minus.length))
  text = text.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit))
  const list = text.split("\n").every((line) => /^\s*(?:-\s|$)/.test(line)) // of bullets, which are no signs
  if (!list) text = text.replace(/(^|[&,;[({|}\\])( *)-( +)(?=\.?\d)/gm, "$1$2$3-") // "& - 0.29"
  return text
}

function numbersIn(text, point) {
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
      const mantissa = digits.replace(/\{?,\}?/, ".")
      const decimals = (mantissa.split(".")[1] || "").length
      const value = Number(`${mantissa}e${exponent}`)
      if (TIMES.test(rest)) scale = value
      else numbers.push({ value: value * scale, unit: 10 ** (exponent - decimals) * scale, whole: !decimals && !exponent && mantissa !== "0.", percent: PERCENT.test(rest), at, end })
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
  const named = body.length > 1 && body.every(([first]) => first.whole)
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
  const jacobian = needed > 1 && (count === 16 || count === 48) ? " Is it the Jacobian of the softmax?" : ""
  return `${what}: ${count || "no"} number${count === 1 ? "" : "s"} found; ${wanted}.${jacobian}`
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
  for (const separator of [/[\])}]/, /\n/, /;|\\\\/]) {
    const rows = rowsOf(numbers, text, separator)
    if (rows.length === 1 || rows.length === numbers.length) continue // a flat list
    for (const [lines, turned] of [[N, false], [classes, true]]) {
      const filled = Array(lines).fill(0)
      const order = rows.flatMap((row, at) => row.map(() => {
        const [line, column] = [at % lines, filled[at % lines]++]
        return turned ? column * k + line : line * k + column
      }))
      const note = turned ? " Transposed: your examples are in columns." : ""
      if (filled.every((count) => count * lines === numbers.length)) orders.push({ order, note, turned })
    }
  }
  const byRow = numbers.map((_, at) => Math.floor(at / classes) * k + (at % classes))
  const byColumn = numbers.map((_, at) => (at % N) * k + Math.floor(at / N))
  const read = (how) => (orders.length ? ` Read ${how}.` : "")
  orders.push({ order: byRow, note: read("row by row") }, { order: byColumn, note: read("column by column") })
  if (classes === k) return orders
  return [0, 1].flatMap((first) => orders.map((one) => ({
    ...one, order: one.order.map((place) => place + first), note: `${one.note} Class ${first ? 1 : k} is missing, as where its logit is fixed at 0.`,
  })))
}

// Comparing

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

function answer(verdict, text, mistakes = []) {
  return { verdict, text, mistakes }
}

function unclear(what, found) {
  const names = found.map(({ names, scale }) => [names.join(" + ") || "right", { mean: "", sum: "for the sum" }[scale] ?? scale].filter(Boolean).join(", "))
  return answer("unclear", `With so few digits ${what} may be: ${names.join("; or ")}. Paste more digits.`)
}

// Return {verdict, text, mistakes: names} for two pasted texts. One may be empty: the other then has the gradient, or both.
function compare(lossText, gradientText, table) {
  const { N, k, tolerance } = table
  if (!gradientText.trim()) [lossText, gradientText] = ["", lossText]
  const sizes = [N * k, N * (k - 1), k] // all of it, without the last class, one example
  const gradient = read(gradientText, sizes.flatMap((size) => [size, size + 1]), "Gradient")
  const loss = lossText.trim() ? readLoss(lossText, table) : { numbers: [] }
  for (const [field, { problem, at }] of Object.entries({ gradient, loss })) {
    if (problem) return { ...answer("unread", problem), field, at }
  }
  const { numbers, text } = gradient
  const count = numbers.length
  if (loss.numbers.length > N) loss.numbers = [takeLoss(loss)]
  if (!sizes.includes(count)) loss.numbers = [takeLoss(gradient), ...loss.numbers].slice(-1)
  if (numbers.every(({ unit }) => unit >= 1)) return answer("unclear", "Whole numbers may be rounded ones, which fit too much. Paste more digits.")

  const type = text.match(/bf(?:loat)?16|float16|half|\bf16\b/i)
  const slack = !type ? tolerance.float32 : type[0].startsWith("b") ? tolerance.bfloat16 : tolerance.float16
  const orders = ordersOf(numbers, text, table).map((one) => ({ ...one, found: explanations(numbers, one.order, table, "gradient", slack) }))
  const explained = orders.find(({ found }) => found.length)
  if (explained) return judge(mean(loss.numbers), explained, table, slack)
  if (numbers.length === N * k) return unknown(numbers, orders, table, slack, mean(loss.numbers))
  return { ...answer("unread", miscounted("Gradient", count, N * k)), field: "gradient" }
}

// Take the loss out of the numbers of a gradient: it comes first, unless the last one is alone.
function takeLoss({ numbers, text }) {
  const isLast = [/\n/, /[\])}]/].some((separator) => {
    const rows = rowsOf(numbers, text, separator)
    return rows[0].length > 1 && rows.length > 1 && rows.at(-1).length === 1
  })
  return isLast ? numbers.pop() : numbers.shift()
}

// Of losses one by one, the mean is taken.
function mean(losses) {
  const sum = (values) => values.reduce((total, value) => total + value / losses.length, 0)
  return losses.length ? { value: sum(losses.map(({ value }) => value)), unit: sum(losses.map(({ unit }) => unit)) } : null
}

// Return the answer for a loss, or none, and a gradient that is explained.
function judge(loss, { found, note, example }, table, slack) {
  if (found.length > 1) return unclear("it", found)
  const alone = example !== undefined
  // Of one example, the sum is the mean.
  const best = alone && isRight(found[0]) ? { ...found[0], scale: "mean" } : found[0]
  const gradientIsRight = !isRight(best) ? "" : best.scale === "sum" ? " The gradient is right, for the sum over the batch." : " The gradient is right."

  // Of several losses that fit, the one with the gradient's own mistakes is taken, or the one with the fewest.
  let all = loss ? explanations([loss], [0], table, "loss", slack) : []
  if (loss && alone && allFit([loss], [0], [table.losses[example]], slack)) all = [best]
  const fewest = all.filter(({ count }) => count === Math.min(...all.map((one) => one.count)))
  const own = all.find((one) => same(one, best)) || fewest[0]
  const few = loss && loss.unit > table.tolerance.loss && own && !(isRight(own) && ["mean", best.scale].includes(own.scale))
  if (own && !same(own, best) && (few || fewest.length > 1)) return unclear("the loss", fewest)

  const { right, named } = table.pairs[own ? own.scale : ""][best.scale]
  if (loss && !own) {
    const must = alone ? table.losses[example] : table.rows[0].loss / (best.scale === "sum" ? 1 : table.N)
    const far = `${loss.value}, it must be ${must.toPrecision(7)}.${formula([loss], [0], table, "loss", slack) || sized(loss, must, table)}${gradientIsRight}${note}`
    const nearly = isRight(best) && allFit(cutOff([loss]), [0], [must], table.tolerance.float16)
    if (nearly) return answer("unclear", `The loss is nearly right: are digits cut off, or is it float16? Otherwise it is wrong: ${far}`)
    return answer("wrong", `The loss fits no known mistake: ${far}`, [...best.names, ...named])
  }
  const names = [...new Set([...best.names, ...(own ? own.names : [])])]
  if (!names.length && right) return answer("correct", right + note)
  return answer("wrong", `Wrong.${gradientIsRight}${note}`, isRight(best) && right ? names : [...names, ...named])
}

// The digits given may be cut off, and not rounded.
function cutOff(numbers) {
  return numbers.map(({ value, unit }) => ({ value, unit: 2 * unit }))
}

// Return the answer for a gradient that fits no known mistake: a formula, low precision, or a place.
function unknown(gradient, orders, table, slack, loss) {
  for (const { order, note } of orders) {
    const said = formula(gradient, order, table, "gradient", slack) || multiple(gradient, order, table, slack, loss)
    if (said) return answer("wrong", `Wrong, but no known mistake.${said}${note}`)
  }
  // The nearest order counts, and a sum with one wrong entry is compared with the sum.
  const scales = table.scales.filter(({ name }) => name === "mean" || name === "sum")
  const tries = orders.flatMap((one) => scales.map(({ factor }) => {
    const expected = one.order.map((place) => table.rows[0].gradient[place] * factor)
    const errors = gradient.map(({ value }, at) => (Number.isNaN(value) ? Infinity : Math.abs(value - expected[at])))
    return { ...one, expected, errors, close: errors.filter((error) => error < table.tolerance.float16).length }
  }))
  const { order, note, turned, expected, errors } = tries.reduce((one, other) => (other.close > one.close ? other : one))
  const at = errors.indexOf(Math.max(...errors))
  const [n, i] = [Math.floor(order[at] / table.k), order[at] % table.k]
  const place = turned ? `example ${n + 1}, class ${i + 1}` : `row ${n + 1}, class ${i + 1}, counted from 1`
  const far = `Farthest off: ${place}, expected ${expected[at].toPrecision(6)}, got ${gradient[at].value}.`

  if (allFit(cutOff(gradient), [...expected.keys()], expected, table.tolerance.float16)) {
    return answer("unclear", `Nearly right: are digits cut off, is it float16, or is it a gradient by finite differences? Otherwise it is wrong. ${far}${note}`)
  }
  const zero = gradient.every(({ value }) => value === 0) ? " Every entry is 0." : ""
  const shape = turned ? ` ${table.k} rows of ${table.N}: transposed? It is read with the examples in columns.` : note
  return answer("wrong", `Wrong, but no known mistake.${zero}${shape} ${far}`)
}

// Say which formula gives these numbers, if one alone does.
function formula(numbers, order, { formulas, scales, factors, tolerance }, part, slack) {
  if (part === "loss" && numbers[0].unit > tolerance.loss) return ""
  const found = []
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

// Say what the numbers are if they are the right gradient times a number, or with a number times a known term added to it.
function multiple(numbers, order, { rows, added, scales, N, k }, slack, loss) {
  const right = order.map((place) => rows[0].gradient[place] / N)
  const times = fitted(numbers, right.map(() => 0), right, slack)
  const nearly = scales.some(({ factor }) => Math.abs(times / (factor * N) - 1) < 0.01) // right, with low precision
  if (times && !nearly) {
    const losses = loss && fits(loss, (times * rows[0].loss) / N, (Math.abs(times) * rows[0].loss) / N, slack)
    return ` The gradient${losses ? ", and the loss too," : ""} is ${howOften(times, N, k)}.`
  }
  const found = []
  for (const { text, values } of added) {
    for (const { factor, per } of scales) {
      const [base, term] = [rows[0].gradient, values].map((all) => order.map((place) => all[place] * factor))
      const c = numbers.some(({ unit }) => unit > 1e-3) ? 0 : fitted(numbers, base, term, slack)
      if (c) found.push(` It is ${text.replaceAll("{c}", Number(c.toPrecision(4))).replaceAll("+ -", "- ").replace("{per}", per)}.`)
    }
  }
  return found.length === 1 ? found[0] : ""
}

// Return c if the numbers are base + c term, to the digits given; else 0.
function fitted(numbers, base, term, slack) {
  const sum = (values) => values.reduce((total, value) => total + value, 0)
  const c = sum(numbers.map(({ value }, at) => (value - base[at]) * term[at])) / sum(term.map((value) => value * value))
  return Math.abs(c) > 1e-6 && allFit(numbers, [...base.keys()], base.map((value, at) => value + c * term[at]), slack) ? c : 0
}

// Say how many times a number is what it must be, and what that may stand for.
function howOften(times, N, k) {
  const names = { [k]: "k, the number of classes", [N * k]: "N k", [1 / k]: "1 / k", [k * k]: "k²", [k / N]: "k / N", [N / k]: "N / k" }
  const name = Object.entries(names).find(([size]) => Math.abs(size - times) < 1e-4 * times)
  const shown = Number(times.toPrecision(4))
  return `${shown} times what it must be${name ? `: ${shown} is ${name[1]}` : ""}`
}

// Say it of a loss if it has a name: any number is some number times another.
function sized(loss, must, { N, k, tolerance }) {
  const said = loss.unit > tolerance.loss ? "" : howOften(loss.value / must, N, k)
  return said.includes(" is ") ? ` It is ${said}.` : ""
}

// The page

function setUp() {
  const form = document.getElementById("paste")
  const table = JSON.parse(document.getElementById("paste-table").textContent)
  const [loss, gradient, output] = ["loss", "gradient", "answer"].map((name) => document.getElementById(`paste-${name}`))
  const fields = { loss, gradient }
  const show = () => {
    const { verdict, text, mistakes, field, at } = compare(loss.value, gradient.value, table)
    output.dataset.verdict = verdict
    output.replaceChildren(element("p", text), ...mistakes.map((name) => explained(name, table.mistakes[name])))
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
