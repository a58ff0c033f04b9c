// "Paste your numbers": reads a loss and a gradient as languages print them, and compares them with
// a table that machinery/content/paste.py makes while the site is built. Nothing leaves the page.
// Instant navigation runs this file each time it brings the page: hence `var` at the top level, never `const`.

// Reading: a text becomes numbers, and whatever else is in it is left aside.

// Find "(3,4)", times of day and versions, nan, inf and the errors of spreadsheets, words, powers of ten before what they scale, and numbers.
// A number may have Mathematica's precision (0.5`16), an exponent (1e-2, 1D-02, 5*^-2, 5 \times 10^{-2}), and its type (1.5f, 1.5_f64).
// A word that is glued to it, or a unit of time, makes it another number than those that are looked for ("3rd", "5 ms"),
// but not in scripts that write words without spaces: \p{Lo}.
function tokensOf(text, point) {
  const token = [
    String.raw`[[({][34], ?[34][\])}]|\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?|\d+\.\d+\.\d+[\w+.]*`,
    String.raw`(?<special>[+-]?(?:nan|inf(?:inity)?|1\.#(?:inf|ind|qnan))(?:16|32)?|#[\p{L}/0]+[!?]|#n/a)(?![\p{L}\d_])`,
    String.raw`(?<word>(?:numer\p{L}* )?\\?(?:\p{Lo}+|[\p{L}_][\p{L}\d_.]*))`,
    String.raw`(?<odd>0x[\da-f]*\.[\da-f]+(?:p[+-]?\d+)?)`,
    String.raw`10(?:\^|\*\*)[{(]?(?<power>[+-]?\d+)[})]?`,
    String.raw`(?<digits>[+-]?(?:\d+(?:${point}\d*)?|\.\d+|\B${point}\d\d+))(?:\x60+[\d.]*)?` +
      String.raw`(?:(?:[bdefq]|\*\^| ?(?:[*×·⋅x]|\\times|\\cdot) ?10(?:\^|\*\*|(?=[+-]))[{(]?)(?<exponent>[+-]?\d+)[})]?)?` +
      String.raw`(?:_?f(?:32|64)|[fdl])?(?<glued>(?!\p{Lo})[\p{L}_][\p{L}\d_]*| (?:[mµn]?s|sec(?:onds?)?)\b)?`,
  ]
  return text.matchAll(new RegExp(token.join("|"), "giu"))
}

var BEFORE = /^ *([*×·⋅]|\\times|\\cdot)? *(?=[[({\n]|\\begin|\\left|$)/ // a matrix, as in MATLAB's "1.0e-03 *"
var PERCENT = /^ ?\\?%(?! *\p{L})/u
var TYPED = /^ *(?:(?:>>>?|\.\.\.|In ?\[\d+\]:|julia>|octave:\d+>) *[\p{L}_(].*|> (?:.*<-.*|print\(.*)(?:\n\+ .*)*)$/gmu // behind a prompt, R's last
var SIZES = /[\p{L}\d_][([{] *\d+(?: *, *\d+)* *[)\]}]|\[ *\d* *, *\d* *\]|^ *\[\d+\]|\b(?:col(?:umn)?s?|rows?|shape|size)\b[^\n.]*|\b\d+-element/gimu
// What Python, Java, Julia and JavaScript say, then R, Octave and compilers, also in German and French, then C, Go and Rust, then MATLAB
var ERROR = new RegExp([
  String.raw`Traceback|(?:Error|ERROR|Exception)\b(?!:? *\d)|^(?:\S+:\d+: |)error: (?![\d.+-])|^(?:Fehler|Erreur) `,
  "Segmentation fault|exit code [1-9]|terminate called|panic(?:ked|:)",
  "Unrecognized function|Undefined function|Not enough input|Index .*exceed|incompatible sizes",
].join("|"), "m")
var CODE = /^ *(?:=-?\p{L}|(?:def|import|library)\b)|\b(?:expf?|logf?|sum|softmax|show)\.?\(|<-|[+*/-]= /imu
var NAN = "Is it `0 / 0`, or the logarithm of a negative number, such as a logit?"
var UNKNOWN = "It fits no known mistake."
var INF = "Is it the logarithm of 0, or does exp overflow?"
var NONE = /\b(?:None|null|NULL|nil|undefined)[\s)}\]]*$/m
var LEFT_OUT = /\.\.\.|…|⋯|⋮|⋱/

// What names a loss or a gradient, and what names more than one number that is neither
var OURS = /^(?!numer).*(?:loss|cost|entropy|xent|nll|verlust|perte|grad|nabla|delta|numpy|value|result|损失|梯度)|^[lj]$|^d_?[lzo]/i
var OTHERS = /^(?:numer|logit|label|target|prob|soft|input)/i
// What may stand between a name and its number
var LINK = /^(?:is|in|was|ist|est|an?|as|at|of|on|i|my|the|over|per|for|after|get|batch|examples?|steps?|epochs?|averaged|mean|comes|out)$/i

// Return {text, numbers, strange, readings, slack}. A number has a value, a unit, which is one in its last digit, and its place in
// the text; `strange` is the place of what can't be read, and `slack` how far off a right number may be by the rounding of its type.
function read(pasted, slack) {
  const text = clean(pasted)
  const found = pointsOf(text).map((point) => numbersIn(text, point))
  // Where commas stand between digits, and are not the point, there are integers alone.
  const readings = found.flatMap(({ numbers }, i) => readingsOf(numbers, text, !i || numbers.every(({ whole }) => whole)))
  return { text, slack, ...found[0], readings, doubtful: LEFT_OUT.test(text) || found.some(({ strange }) => strange) }
}

// Return what may be the decimal point, the likeliest first: a comma as in 0,123 and in TeX's 0{,}123 as well, or a point alone.
function pointsOf(text) {
  const points = ["(?:[.,]|\\{,\\})", "\\."]
  return /\d\.\d/.test(text) ? points.reverse() : points
}

// Make minus signs of all that means one. Every character keeps its place, so that what can't be read can be marked.
function clean(pasted) {
  const blank = (found) => " ".repeat(found.length)
  let text = pasted.replace(/[\t\r\u00a0\u2007\u2009\u202f]/g, " ").replace(TYPED, blank).replace(/(?:\x1b\[|\[\d)[\d;]*m/g, blank) // colours of a terminal
  text = text.replace(/[⁰¹²³⁴-⁹！-～]/g, (digit) => digit.normalize("NFKC")) // raised, and as wide as Chinese characters
  text = text.replace(/[−–‐‑⁻]|[¯~](?=\.?\d)|&minus;|(?:phantom)?\{-\}|\$-\$/g, (minus) => (minus[0] === "p" ? " " : "-").padStart(minus.length))
  const list = text.match(/^ *-\s/gm)?.length > 1 && text.split("\n").every((line) => /^\s*(?:-\s|$)|\p{L}/u.test(line)) // of bullets, which are no signs
  return list ? text.replace(/^[ -]*- /gm, (found) => (/- -/.test(found) ? ";" : "").padEnd(found.length)) : text // "- -": a row begins
}

function numbersIn(text, point) {
  const numbers = []
  let strange = null
  let scale = 1
  let name = "" // the last word that is no link
  let other = null // the same, if it names something else
  let [last, from] = ["\n", 0] // what the last token was: none, a whole number ("1"), another one ("0") or no number ("a"); and its end
  for (const { 0: token, index: at, groups } of tokensOf(text, point)) {
    const { word, special, power, odd, digits, exponent = 0, glued } = groups
    const gap = last + text.slice(from, at)
    const end = at + token.length
    const rest = text.slice(end)
    last = "a"
    from = end
    if (word && token !== "NA") {
      // "the loss is 0.5", "the error of the loss is 1e-9"; not "the gradient is 0.5"
      const linked = OURS.test(token) ? /^a +$/.test(gap) && /diff|err/i.test(name) : LINK.test(token) && /^[a1].*$/.test(gap) && !/grad|nabla|delta|^d_?[lzo]/i.test(name)
      if (!linked) name = token
      other = OURS.test(name) ? null : { name, end }
      if (/^ *[:=]/.test(rest)) scale = 1
    } else if (special || word) {
      const value = !/inf/i.test(token) ? NaN : token[0] === "-" ? -Infinity : Infinity
      numbers.push({ value, unit: 0, whole: false, other, at, end })
    } else if (power) {
      if (BEFORE.test(rest)) scale = 10 ** power
    } else if (odd) {
      strange ??= [at, end]
    } else if (digits && !glued) {
      const mantissa = digits.replace(/\{?,\}?/, ".")
      const decimals = mantissa.split(".")[1] || ""
      const minus = /[0&,;:=[({|}\\\n] *-[ ($]+$/.test(gap) && !/^[+-]/.test(digits) ? -1 : 1 // "& - 0.29", "0.02 - 0.29"
      const value = minus * Number(`${mantissa}e${exponent}`)
      if (rest.match(BEFORE)?.[1]) scale = value
      else {
        const exact = digits.endsWith(".") && (!value || !/\n[^[({|&,;]*$/.test(gap)) // NumPy's 1.0, and not "1." before an item
        const whole = !exponent && !decimals && !exact
        const unit = isFinite(value * scale) ? 10 ** (exponent - decimals.length) * scale : 0
        numbers.push({ value: value * scale, unit, whole, exact, percent: PERCENT.test(rest), other, at, end })
        last = whole ? "1" : "0"
      }
      // "1/3", "2^3", "0.29-", "0.086 033"
      const more = rest.match(/^(?:[/^]\d[\d.]*|-(?![\d.>-]))/) || (decimals.length === 3 && rest.match(/^ \d{1,3}(?![\d.,])/))
      if (more) strange ??= [at, end + more[0].length]
      if (decimals && /^[^a][^]*\($/.test(gap) && rest[0] === ")" && value > 0) strange ??= [at - 1, end + 1] // a bookkeeper's minus
    }
  }
  return { numbers, strange }
}

// Return the numbers, with fewer and fewer of those that may be something else: sizes or names of rows and columns, which are
// integers, and others than a loss or a gradient.
function readingsOf(numbers, text, likely) {
  const sizes = [...text.matchAll(SIZES)].map((found) => [found.index, found.index + found[0].length])
  const data = numbers.filter(({ whole, at }) => !whole || !sizes.some(([from, to]) => at >= from && at < to))
  const lines = rowsOf(data, text, /\n/)
  const body = lines.length > 1 && lines[0].every(({ whole }) => whole) ? lines.slice(1) : lines
  const named = body.length > 1 && body.every(([first]) => first.whole)
  const readings = [numbers.filter(({ whole }) => !whole), data, body.flatMap((line) => line.slice(named ? 1 : 0))].map(once)
  const singles = numbers.filter((number, at) => isSingle(number, numbers[at + 1], text))
  const others = [...singles, ...numbers.filter(({ other }) => other && OTHERS.test(other.name))]
  return [[], singles, others].flatMap((left) => readings.map((all) => ({ all: all.filter((number) => !left.includes(number)), left, others, likely })))
}

// What is printed twice, perhaps with other lines and digits, counts once; a loss may come before it.
function once(numbers) {
  const [lead, all] = [numbers.slice(0, numbers.length % 2), numbers.slice(numbers.length % 2)]
  const [one, other] = [all.slice(0, all.length / 2), all.slice(all.length / 2)].map((half) => half.sort((a, b) => a.value - b.value))
  const twice = one.length > 8 && one.every(({ value, unit }, at) => Math.abs(value - other[at].value) <= 0.5001 * Math.max(unit, other[at].unit))
  return twice ? [...lead, ...all.slice(0, one.length)] : numbers
}

// Whether a number is the only one behind another name, as in "lr=0.1".
function isSingle({ other, at, end }, next, text) {
  return other && (!next || next.other !== other || text.slice(end, next.at).includes("\n")) && /^[ :=|]*$/.test(text.slice(other.end, at))
}

// Return the ways to take the numbers for a loss, or one of each example, and a gradient of one of these sizes, the likeliest first.
function partsOf({ readings, doubtful, slack }, sizes, table, isLoss) {
  const { N, k } = table
  const parts = []
  for (const size of sizes) {
    for (const { all, left, others, likely } of readings) {
      const count = all.length - size
      if (!all.length || ![0, 1, N].includes(count) || (doubtful && ![0, N * k].includes(size))) continue
      const names = [...new Set(left.filter(({ whole }) => !whole).map(({ other }) => other.name))].join("”, “")
      const note = names && `The numbers after “${names}” are ignored.`
      for (const at of [0, size]) {
        const losses = known(all.slice(at, at + count), slack)
        const gradient = known([...all.slice(0, at), ...all.slice(at + count)], slack)
        const loss = mean(losses)
        const fit = count === 1 ? (isLoss && !size && all === readings[0].all) || !others.includes(all[at]) || tells(loss, table) : allFit(losses, [...losses.keys()], table.losses)
        if (fit) parts.push({ loss, gradient, note, likely })
      }
    }
  }
  return parts
}

function rowsOf(numbers, text, separator) {
  const rows = []
  for (const [at, number] of numbers.entries()) {
    if (!at || separator.test(text.slice(numbers[at - 1].end, number.at))) rows.push([])
    rows.at(-1).push(number)
  }
  return rows
}

// Return the numbers with percents taken into account. NumPy prints an exact zero as `0.` and 1 as `1.`, MATLAB 0 as `0`: these are
// known as well as the number with the most digits. But `-0` was rounded, and `0.0` or `0` may be, as a number beside it is: `few`.
function known(numbers, slack) {
  const factor = numbers.some(({ percent }) => percent) ? 0.01 : 1
  const units = numbers.filter(({ value, exact }) => value || (Object.is(value, -0) && !exact)).map(({ unit }) => unit)
  return numbers.map((number) => {
    const upTo = (most) => (number.exact || !number.value ? Math.min(number.unit, most) : number.unit) * factor
    return { ...number, value: number.value * factor, unit: upTo(units.length && Math.min(...units)), few: upTo(Math.max(0, ...units)), slack }
  })
}

// Numbers that may be rounded as few others are, beside a loss without decimals even to whole ones
function withFewDigits(numbers, loss) {
  const all = loss?.value && [loss, ...numbers].every(({ value }) => value % 1 === 0)
  return numbers.map((number) => ({ ...number, unit: all ? 1 : number.few }))
}

function withoutRounding(numbers) {
  return numbers.map((number) => ({ ...number, unit: 0 }))
}

// Of the losses of the examples, the mean is taken.
function mean(losses) {
  if (losses.length < 2) return losses[0]
  const average = (part) => losses.reduce((total, loss) => total + loss[part] / losses.length, 0)
  const note = "These are the losses of the examples; one number is wanted, their mean or their sum."
  return { value: average("value"), unit: average("unit"), slack: losses[0].slack, note }
}

// Whether what can't be read is no whole number, as in "epoch 1/10".
function isOdd({ text, strange }) {
  return strange && /[.,]/.test(text.slice(...strange))
}

function unreadable(field, { text, numbers, strange }, { N, k }) {
  const length = numbers.filter(({ whole }) => !whole).length || numbers.length
  const before = text.slice(0, strange?.[0]).split("\n")
  const jacobian = [k * k, N * k * k].includes(length) ? " Is it the Jacobian of the softmax?" : ""
  // One number would be the loss, if it were not something else.
  const count = NONE.test(text) || (field === "loss" && length === 1) ? 0 : length
  const missing = count || field === "loss" ? ""
    : " Does your function return it? In PyTorch, call `loss.backward()` first; the logits need `requires_grad=True` and, if they are computed, `retain_grad()`."
  const odd = strange ? text.slice(...strange) : ""
  const negative = odd.match(/^\(?([\d.,]+)[-)]$/)
  const problem = ERROR.test(text) ? ": this is an error message. Mend the error first, or paste only the numbers."
    : CODE.test(text) ? ": this is code. Run it and paste what it prints; a Python file can also be given to `diagnose.py`."
    : LEFT_OUT.test(text) ? ": some numbers are left out, where it says “…”. Print all of them."
    : strange ? `, line ${before.length}, column ${before.at(-1).length + 1}: can't read “${odd}”.${negative ? ` Is it negative? Write -${negative[1]}.` : ""}`
    : `: ${count || "no"} number${count === 1 ? "" : "s"} found; ${field === "loss" ? "1 is needed" : `${N * k} are needed, one for each logit: ${N} rows of ${k}`}.${jacobian}${missing}`
  return { ...answer("unread", text.trim() ? (field === "loss" ? "Loss" : "Gradient") + problem : "Paste the loss and the gradient that your code prints."), field, at: strange }
}

var TURNED = "Transposed: your examples are in columns."
var VECTOR = /^ *(?:\[(?:[5-9]|1\d)\]|columns? (?:[5-9]|1\d)\b)/im // R and MATLAB wrap one, and say which entry is the first of a line

// Return the orders in which the numbers may have been printed, the likeliest first: no other where rows or indices are shown. An order
// has for each number its place in the gradient, row by row.
function ordersOf(numbers, text, table) {
  const { N, k } = table
  if (numbers.length === k) return table.losses.map((_, n) => ({ order: numbers.map((_, i) => n * k + i), note: "", example: n }))
  const classes = numbers.length / N
  const orders = byIndices(numbers, text, table) || byLines(numbers, text, table)
  if (classes === k) return orders
  return [0, 1].flatMap((first) => orders.map((one) => ({
    ...one, order: one.order.map((place) => place + first), note: paragraphs(one.note, `Class ${first ? 1 : k} is missing: paste it as well, unless its logit is fixed at 0.`),
  })))
}

// Return the order that indices show: "dz[2][0] = 0.0142", "(3, 1) 0.0142", "row 3, column 1: 0.0142".
function byIndices(numbers, text, { N, k }) {
  const places = numbers.map(({ at }, i) => text.slice(numbers[i - 1]?.end, at).match(/(\d+)\D+(\d+)\D+$/))
  if (!places.every(Boolean)) return null
  const [line, column] = [1, 2].map((part) => places.map((found) => found[part] - Math.min(...places.map((one) => one[part]))))
  const turned = Math.max(...line) >= N
  const order = line.map((n, at) => (turned ? column[at] * k + n : n * k + column[at]))
  return new Set(order).size === numbers.length && Math.max(...order) < N * k ? [{ order, note: turned ? TURNED : "" }] : null
}

// Return the orders that brackets or lines allow, and both of a flat list where they don't show the rows, which R and MATLAB cut into
// blocks of columns at 80 columns. The lines of a vector are no rows: NumPy prints it in one pair of brackets.
function byLines(numbers, text, { N, k }) {
  const classes = numbers.length / N
  const orders = []
  let shown = false
  const before = text.slice(0, numbers[0]?.at)
  const flat = /[[({]\s*$/.test(before) && !/([[({])\s*\1\s*$/.test(before)
  for (const separator of VECTOR.test(text) ? [] : [/[\])}]/, /[)}]/, /\n/, /;|\\\\|<tr/]) {
    const rows = rowsOf(numbers, text, separator)
    if (orders.length || (flat && separator.test("\n")) || rows.length === 1 || rows.length === numbers.length) continue
    for (const [lines, turned] of [[N, false], [classes, true]]) {
      const filled = Array(lines).fill(0)
      const order = rows.flatMap((row, at) => row.map(() => {
        const [line, column] = [at % lines, filled[at % lines]++]
        return turned ? column * k + line : line * k + column
      }))
      if (rows.length % lines || filled.some((count) => count * lines !== numbers.length)) continue
      orders.push({ order, note: turned ? TURNED : "" })
      shown ||= rows.length === lines
    }
  }
  if (shown) return orders
  return [...orders, { order: numbers.map((_, at) => Math.floor(at / classes) * k + (at % classes)), note: "" }, {
    order: numbers.map((_, at) => (at % N) * k + Math.floor(at / N)),
    note: "Read column by column, as R and MATLAB store a matrix. In NumPy, your gradient is then `(k, N)`.",
  }]
}

// Comparing

// Whether all numbers are the expected ones, to the digits given and the rounding of their type.
function allFit(numbers, order, expected) {
  const largest = Math.max(...expected.map(Math.abs))
  return numbers.every(({ value, unit, slack }, at) => Math.abs(value - expected[order[at]]) <= 0.5001 * unit + slack * largest)
}

// The digits given may be cut off, and not rounded, or it is float16.
function cutOff(numbers, { tolerance }) {
  return numbers.map(({ value, unit }) => ({ value, unit: Math.min(2 * unit, 2), slack: tolerance.float16 }))
}

// Return the distinct explanations {names, scale, count, note} of a loss or a gradient in this order, two mistakes at most.
function explanations(numbers, order, table, part) {
  const found = new Map()
  for (const { names: others, note = "", [part]: right } of table.rows) {
    if (right === null) continue
    for (const [sign, more] of table.signs) {
      const names = [...others, ...more]
      for (const { name, factor } of table.scales) {
        const count = names.length + (name === "mean" || name === "sum" ? 0 : 1)
        const expected = [right].flat().map((entry) => entry * sign * factor)
        if (count <= 2 && allFit(numbers, order, expected)) found.set([...names, name].join(), { names, scale: name, count, note })
      }
    }
  }
  return [...found.values()]
}

// Whether a loss has an explanation, and enough digits for it not to be chance.
function tells(loss, table) {
  const found = explanations([loss], [0], table, "loss")
  return isNaN(loss.value) || found.some((one) => isRight(one) || loss.unit <= table.tolerance.loss)
}

function same(one, other) {
  return one.scale === other.scale && one.names.join() === other.names.join()
}

function isRight({ names, scale }) {
  return !names.length && (scale === "mean" || scale === "sum")
}

function inWords({ names, scale }) {
  return [...names, { mean: "", sum: names.length ? "" : "right for the sum" }[scale] ?? scale].filter(Boolean).join(" + ") || "right"
}

// Without the noise of floats
function shown(value) {
  return Number(value.toPrecision(10))
}

// Join what is not empty
function paragraphs(...texts) {
  return texts.filter(Boolean).join("\n")
}

function answer(verdict, text, mistakes = []) {
  return { verdict, text, mistakes }
}

function unclear(what, found) {
  return answer("unclear", `With so few digits, ${what} may be: ${[...new Set(found.map(inWords))].join("; or ") || "a known mistake"}. Paste more digits.`)
}

// Return {verdict, text, mistakes: names} for two pasted texts. One may be empty: the other then has the loss, the gradient, or both.
function compare(loss, gradient, table) {
  let found = compareAsGiven(loss, gradient, table)
  if (found.verdict === "unread" && loss.trim() && gradient.trim()) {
    const swapped = compareAsGiven(gradient, loss, table)
    if (swapped.verdict !== "unread") found = { ...swapped, text: paragraphs(swapped.text, "The loss is in the field of the gradient, and the gradient in that of the loss.") }
  }
  const text = found.verdict === "wrong" ? paragraphs("Wrong.", found.text) : found.text
  const type = typeOf(gradient) || typeOf(loss)
  return { ...found, text: type ? text.replace("to the digits given", `as far as ${type} can tell`) : text }
}

function typeOf(text) {
  return text.match(/bf(?:loat)?16|float16|\bf16\b/i)?.[0]
}

function slackOf(text, tolerance) {
  const type = typeOf(text)
  return tolerance[!type ? "float32" : /^b/i.test(type) ? "bfloat16" : "float16"]
}

function compareAsGiven(lossText, gradientText, table) {
  const { N, k, tolerance } = table
  const field = gradientText.trim() || !lossText.trim() ? "gradient" : "loss"
  const text = field === "loss" ? lossText : gradientText
  const whole = read(text, slackOf(text, tolerance))
  const apart = field === "gradient" && lossText.trim() ? read(lossText, Math.max(whole.slack, slackOf(lossText, tolerance))) : null
  const given = apart && partsOf(apart, [0, N * k], table, true).find(({ loss }) => loss && (!isOdd(apart) || tells(loss, table)))
  if (apart && !given) return unreadable("loss", apart, table)
  const sizes = [N * k, N * (k - 1), k, 0] // all of it, without the last class, one example, none
  const parts = partsOf(whole, sizes, table, field === "loss").map(({ loss, gradient, ...part }) => {
    const coarse = (gradient.length ? gradient : withFewDigits([loss], loss)).every(({ unit }) => unit >= 1)
    const extra = given && loss && !allFit([loss], [0], [given.loss.value]) && !allFit([given.loss], [0], [loss.value]) && `The number ${shown(loss.value)} beside the gradient is ignored.`
    const orders = ordersOf(gradient, whole.text, table).map((one) => ({ ...one, note: paragraphs(one.note, given?.note, part.note, extra) }))
    return { ...part, loss: given ? given.loss : loss, gradient, coarse, orders }
  })
  let rounded = false
  for (const { loss, gradient, coarse, orders } of parts) {
    for (const one of orders) {
      const explained = (numbers) => (numbers.every(({ value, unit }) => !value && !unit) ? [] : explanations(numbers, one.order, table, "gradient")) // zero, or empty
      const found = explained(gradient)
      if (found.length && !coarse) return judge(loss, { ...one, found }, table)
      rounded ||= gradient.length === N * k && explained(withFewDigits(gradient, loss)).length
    }
  }
  // Nothing explains the gradient, or there is none.
  const full = parts.filter(({ gradient, likely }) => gradient.length === N * k && likely)
  const best = full.find(({ loss }) => loss && tells(loss, table)) || full.find(({ orders }) => orders.length !== 2) || full[0]
  const whether = "Some of these numbers have few digits. If they are rounded, paste more digits; otherwise they are wrong."
  if (best) {
    const named = best.orders.some(({ order }) => only(fitting(withoutRounding(best.gradient), order, table, "gradient")))
    return isOdd(whole) ? unreadable(field, whole, table) : rounded && !named ? answer("unclear", whether) : unknown(best, table)
  }
  const alone = parts.find(({ loss, gradient }) => !gradient.length && ((field === "loss" && !isOdd(whole)) || tells(loss, table)))
  if (!alone || given || ERROR.test(whole.text) || (alone.coarse && CODE.test(whole.text))) return unreadable(field, whole, table)
  if (NONE.test(whole.text)) return unreadable("gradient", whole, table)
  if (alone.coarse && explanations(withFewDigits([alone.loss], alone.loss), [0], table, "loss").length) return answer("unclear", whether)
  return judge(alone.loss, { found: [], note: alone.note }, table)
}

// Return the answer for a loss, or none, and a gradient that is explained, or none.
function judge(loss, { found, note, example }, table) {
  if (found.length > 1) return unclear("it", found)
  const { N, pairs, tolerance } = table
  const none = { names: [], scale: "" }
  const best = found[0] || none
  const alone = example !== undefined
  // What is expected of one example is what is expected of a batch that has no other.
  const own = alone ? { ...table, rows: [{ names: [], loss: table.losses[example] }] } : table
  const all = loss ? explanations([loss], [0], own, "loss") : []
  if (alone) note = paragraphs(`This is example ${example + 1} alone${best.scale === "mean" ? `, divided by \`N = ${N}\`` : ""}.`, note)
  note = paragraphs(loss?.note, note)
  if (alone && loss && !all.some(isRight) && explanations([loss], [0], table, "loss").some(isRight)) {
    return answer("wrong", paragraphs(`The loss is right for all ${N} examples, but ${N - 1} rows of the gradient are missing.`, note))
  }

  // Of several losses that fit, the one with the gradient's own mistakes is taken, or the one with the fewest.
  const fewest = all.filter(({ count }) => count === Math.min(...all.map((one) => one.count)))
  const each = loss?.note && isRight(best) && all.some(isRight) // Losses of examples are neither a mean nor a sum.
  let seen = each ? best : all.find((one) => same(one, best)) || fewest[0] || none
  const few = loss?.unit > tolerance.loss && !(isRight(seen) && ["mean", best.scale].includes(seen.scale))
  if (!same(seen, best) && (few || fewest.length > 1)) {
    if (fewest.some(isRight)) return unclear("the loss", fewest)
    seen = none
  }

  // Where there is no other example, a sum is a mean.
  const turned = alone && best.scale === "sum" ? { mean: "sum", sum: "mean" } : {}
  const { right, named } = pairs[turned[seen.scale] || seen.scale][turned[best.scale] || best.scale]
  const mistakes = [...new Set([...best.names, ...seen.names])]
  if (!mistakes.length && right && (!loss || seen !== none)) return answer("correct", paragraphs(right, note))
  const [part, one, other] = isRight(best) ? ["gradient", best, seen] : ["loss", seen, best]
  const half = isRight(one) && !isRight(other) && `The ${part} is right${one.scale === "sum" && !alone ? ", for the sum over the batch" : ""}.`
  const rest = paragraphs(half, note)
  if (loss && seen === none) {
    const must = own.rows[0].loss / (best.scale === "sum" ? 1 : N)
    const nearly = (best === none || isRight(best)) && allFit(cutOff([loss], table), [0], [must]) && "The loss is nearly right: are digits cut off, or is it float16? Otherwise it is wrong."
    return answer(nearly ? "unclear" : "wrong", paragraphs(nearly, far(loss, must, fewest, table), rest), [...best.names, ...named])
  }
  const ascends = right && !named.length && [best, seen].every(({ names }) => names.join() === "wrong sign")
  const said = best === none ? "The loss has a known mistake." : ascends && table.ascent
  return answer("wrong", paragraphs(said, best.note || seen.note, rest), isRight(best) && right ? mistakes : [...mistakes, ...named])
}

// Say what a loss must be, and what it is or may be.
function far(loss, must, known, table) {
  const found = fitting([loss], [0], table, "loss")
  const all = [...known, ...found]
  // Any number is some number times another; here, that number has a name.
  const fact = loss.unit <= table.tolerance.loss && (only(found) || howOften(loss.value / must, table.N, table.k).match(/.* is .*/)?.[0])
  const why = isNaN(loss.value) ? NAN : !isFinite(loss.value) ? INF : fact ? `It is ${fact}.`
    : all[0] ? unclear("it", all.filter(({ rare }) => !rare)).text : UNKNOWN
  return `The loss must be ${must.toPrecision(7)}, not ${shown(loss.value)}. ${why}`
}

// Return the answer for a gradient that fits no known mistake: a formula, low precision, or which examples are wrong, and a place.
function unknown({ loss, gradient, orders, coarse }, table) {
  const { N, k, tolerance } = table
  const beside = loss ? judge(loss, { found: [], note: "" }, table) : answer("", "")
  const wrong = (...said) => answer("wrong", paragraphs(beside.text, ...said), beside.mistakes)
  const { value } = gradient[0]
  if (gradient.every((one) => String(one.value) === String(value))) {
    return wrong(`Every entry of the gradient is ${value}.`, isNaN(value) && !beside.text.includes(NAN) && NAN)
  }
  const moved = gradient.some(({ unit }) => unit > 0.01) ? [] : anywhere(gradient, table) // With fewer digits, it may be chance.
  if (moved.length === 1) {
    const [rest, said] = isRight(moved[0]) ? [beside, "The numbers of the gradient are right, but"] : [judge(loss, { found: moved }, table), "Also, the numbers of the gradient are"]
    return answer("wrong", paragraphs(rest.text, `${said} not in their places: was it reshaped where it must be transposed, or printed in another order?`), rest.mistakes)
  }
  const exact = coarse ? withoutRounding(gradient) : gradient // Nothing fits them as rounded numbers.
  const isSum = loss && allFit([loss], [0], [table.rows[0].loss])
  for (const { order, note } of orders) {
    const said = only(fitting(exact, order, table, "gradient")) || multiple(exact, order, isSum ? 1 : N, table)
    if (said) {
      beside.text = beside.text.replace(` ${UNKNOWN}`, "") // The loss may be the one of this gradient.
      return wrong(`The gradient is ${said}.`, note)
    }
    const times = ofRows(exact, order, table)
    if (times) return wrong(`Each row of the gradient is a number times what it must be, ${times}, as with weights of the classes or of the examples.`, note)
  }

  // It is compared as it is printed, and with the gradient of its loss, unless most entries fit otherwise.
  const tries = orders.flatMap((one) => (isSum ? [1, 1 / N] : [1 / N, 1]).map((factor) => {
    const expected = one.order.map((place) => table.rows[0].gradient[place] * factor)
    const errors = gradient.map(({ value }, at) => (isNaN(value) ? Infinity : Math.abs(value - expected[at])))
    const nearly = allFit(cutOff(gradient, table), [...expected.keys()], expected)
    return { ...one, expected, errors, nearly, close: errors.filter((error) => error < tolerance.float16).length }
  }))
  const { order, note, expected, errors, nearly } = tries.find(({ nearly }) => nearly) || tries.find(({ close }) => 2 * close > N * k) || tries[0]
  const at = errors.indexOf(Math.max(...errors))
  const far = `Farthest off: example ${Math.floor(order[at] / k) + 1}, class ${(order[at] % k) + 1}, counted from 1: expected ${expected[at].toPrecision(6)}, got ${shown(gradient[at].value)}.`
  if (nearly) {
    return answer("unclear", paragraphs("Nearly right: are digits cut off, is it float16, or is it a gradient by finite differences? Otherwise it is wrong.", far, note))
  }
  const some = byExample(gradient, order, table) || (beside.verdict !== "correct" && "Did your code run on the input above?")
  return wrong("The gradient fits no known mistake.", some, far, note)
}

// Return the explanations of the numbers in any order. Sorted like this, they are in the same order with the other sign.
function anywhere(gradient, table) {
  const sorted = (numbers, size = Math.abs) => [...numbers].sort((one, other) => size(one) - size(other))
  const rows = table.rows.map((row) => ({ ...row, gradient: sorted(row.gradient) }))
  return explanations(sorted(gradient, ({ value }) => Math.abs(value)), [...gradient.keys()], { ...table, rows }, "gradient")
}

// Return f(numbers, order) for each example.
function ofExamples(gradient, order, { losses, k }, f) {
  return losses.map((_, n) => {
    const own = [...order.keys()].filter((at) => Math.floor(order[at] / k) === n)
    return f(own.map((at) => gradient[at]), own.map((at) => order[at]))
  })
}

// Return the numbers by which the rows of the right gradient are multiplied, if they differ and are no mistakes of single examples.
function ofRows(gradient, order, table) {
  const times = ofExamples(gradient, order, table, (own, places) => (
    own.every(({ unit }) => unit <= 0.001) && fitted(own, own.map(() => 0), places.map((place) => table.rows[0].gradient[place] / table.N))))
  const shown = times.map((one) => Number(one && one.toPrecision(4)))
  return shown.every(Boolean) && new Set(shown).size > 1 && shown.some((one) => ![1, -1, table.N].includes(one)) && shown.join(", ")
}

// Say of each example alone what it is, if one is right, or if a mistake is no coincidence because a second one has it.
function byExample(gradient, order, table) {
  const all = ofExamples(gradient, order, table, (own, places) => {
    const found = explanations(own, places, table, "gradient")
    return found.length === 1 ? found[0] : null
  })
  const said = all.map((one) => one && inWords(one))
  const empty = ofExamples(gradient, order, table, (own) => own.every(({ value }) => !value))
  const right = all.filter((one) => one && isRight(one))
  const tells = all.map((one, n) => one && (right.includes(one) || right.length === all.length - 1 || said.indexOf(said[n]) !== said.lastIndexOf(said[n])))
  return tells.some(Boolean) && said.map((one, n) => `Example ${n + 1}: ${tells[n] ? one : empty[n] ? "all 0" : "wrong, and no known mistake"}.`).join(" ")
}

// Return the formulas that give these numbers as explanations. One is rare unless it is a mean or a sum, with any sign.
function fitting(numbers, order, { formulas, scales, factors, tolerance }, part) {
  const near = part === "loss" ? numbers : numbers.map((number) => ({ ...number, slack: Math.max(number.slack, tolerance.formula) }))
  return formulas[part].flatMap(([text, values]) => {
    for (const [times, sign] of factors) {
      for (const { name, factor, per } of scales) {
        if (allFit(near, order, values.map((value) => value * times * factor))) {
          return { names: [text.replace("{sign}", sign).replace("{per}", per)], rare: sign[1] || !isRight({ names: [], scale: name }) }
        }
      }
    }
    return []
  })
}

function only([one, other]) {
  return one && !other && one.names[0]
}

// Say what the numbers are if they are the right gradient, divided by `over`, times a number, or with a number times a known term added to it.
function multiple(numbers, order, over, { rows, added, scales, N, k }) {
  const unit = Math.max(...numbers.map((number) => number.unit))
  const right = order.map((place) => rows[0].gradient[place] / over)
  const times = unit <= 0.01 && fitted(numbers, right.map(() => 0), right)
  const nearly = [1, N, 1 / N].some((one) => Math.abs(times / one - 1) < 0.01) // right, with low precision
  if (times && !nearly) return howOften(times, N, k) + (times === 2 ? ", as after two calls of `backward()` in PyTorch" : "")
  const found = []
  for (const { text, values } of added) {
    for (const { factor, per } of scales) {
      const [base, term] = [rows[0].gradient, values].map((all) => order.map((place) => all[place] * factor))
      const c = unit <= 0.001 && fitted(numbers, base, term)
      if (c) found.push({ names: [text.replaceAll("{c}", Number(c.toPrecision(4))).replaceAll("+ -", "- ").replace("{per}", per)] })
    }
  }
  return only(found)
}

// Return c, a number of one or two digits if there is one, if the numbers are base + c term to the digits given; else 0.
function fitted(numbers, base, term) {
  const largest = Math.max(...numbers.map(({ value }) => Math.abs(value)))
  const ends = numbers.map(({ value, unit, slack }, at) => [-1, 1]
    .map((side) => (value + side * (0.5001 * unit + slack * largest) - base[at]) / term[at]).sort((one, other) => one - other))
  const [low, high] = [Math.max(...ends.map(([from]) => from)), Math.min(...ends.map(([, to]) => to))]
  if (!(low <= high) || low * high <= 0) return 0
  const middle = (low + high) / 2
  return [1, 2].map((digits) => Number(middle.toPrecision(digits))).find((c) => low <= c && c <= high) ?? middle
}

// Say how many times a number is what it must be, and what that may stand for.
function howOften(times, N, k) {
  const names = { [k]: "`k`, the number of classes", [N * k]: "`N k`", [1 / k]: "`1 / k`", [k * k]: "`k²`", [k / N]: "`k / N`", [N / k]: "`N / k`" }
  const name = Object.entries(names).find(([size]) => Math.abs(size - times) < 2e-4 * times)
  const shown = Number(times.toPrecision(4))
  return `${shown} times what it must be${name ? `: ${shown} is ${name[1]}` : ""}`
}

// The page

function setUp() {
  const form = document.getElementById("paste")
  const table = JSON.parse(document.getElementById("paste-table").textContent)
  const [loss, gradient, output] = ["loss", "gradient", "answer"].map((name) => document.getElementById(`paste-${name}`))
  const fields = { loss, gradient }
  const write = (field, ...content) => {
    output.replaceChildren(...content)
    for (const name in fields) fields[name].setAttribute("aria-invalid", name === field)
  }
  const show = () => {
    const { verdict, text, mistakes, field, at } = compare(loss.value, gradient.value, table)
    output.dataset.verdict = verdict
    const known = mistakes.map((name) => table.mistakes[name])
    const letters = legend([text, ...known.flatMap(({ hint, fix }) => [hint, fix])].join(" "), table.letters)
    write(field, ...text.split("\n").map((line) => element("p", line)), ...known.map((one, at) => explained(mistakes[at], one)), ...letters.map((line) => element("p", line)))
    output.scrollIntoView({ block: "nearest" })
    return { field: fields[field], at }
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const { field, at } = show()
    if (!field) return
    field.focus({ preventScroll: true }) // where something is to be mended
    if (at) field.setSelectionRange(...at)
  })
  for (const field of [loss, gradient]) {
    field.addEventListener("paste", () => setTimeout(show)) // when the text has arrived
    field.addEventListener("input", () => write()) // The answer was to another text.
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.shiftKey || !(event.ctrlKey || event.metaKey || field === loss)) return
      event.preventDefault()
      form.requestSubmit()
    })
  }
}

// Return what the letters in a text stand for: a sentence, or none.
function legend(text, letters) {
  const used = Object.keys(letters).filter((letter) => RegExp(`(?:^|[^\\w'.])${letter}(?![\\w'(])|_${letter}\\b`).test(text))
  return used.length ? [`Letters: ${used.map((letter) => letters[letter]).join(", ")}.`] : []
}

// Make an element of other elements, and of texts with formulas between backticks. A comma after a formula stays with it.
function element(tag, ...content) {
  const made = document.createElement(tag)
  for (const one of content) {
    const parts = one.split?.(/`(.*?)`([,.:;]?)/) || [one]
    made.append(...parts.map((part, at) => (at % 3 === 1 ? element("span", element("code", part), parts[at + 1]) : at % 3 ? "" : part)))
  }
  return made
}

function explained(name, { hint, fix, page }) {
  const link = element("a", name[0].toUpperCase() + name.slice(1))
  link.href = `../${page}`
  const fold = element("details", element("summary", "The fix"), element("p", fix))
  return element("div", element("strong", link), element("p", hint), fold)
}

if (typeof document !== "undefined") setUp()
