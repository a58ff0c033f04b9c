// Typeset formulas: JSON with a list of [tex, display] and a role for each letter that has one
// comes in, {formulas, css} goes out.
// A formula that MathJax refuses gives {error}; any other gives its HTML, with MathML for screen
// readers inside, one line of plain text for search results and titles, and its relations.

import '@mathjax/src/js/input/tex/base/BaseConfiguration.js';
import '@mathjax/src/js/input/tex/ams/AmsConfiguration.js';
import '@mathjax/src/js/input/tex/html/HtmlConfiguration.js';
import '@mathjax/src/js/util/asyncLoad/esm.js';
import { text } from 'node:stream/consumers';
import { AssistiveMmlHandler } from '@mathjax/src/js/a11y/assistive-mml.js';
import { liteAdaptor } from '@mathjax/src/js/adaptors/liteAdaptor.js';
import { STATE } from '@mathjax/src/js/core/MathItem.js';
import { TEXCLASS } from '@mathjax/src/js/core/MmlTree/MmlNode.js';
import { RegisterHTMLHandler } from '@mathjax/src/js/handlers/html.js';
import { TeX } from '@mathjax/src/js/input/tex.js';
import { mathjax } from '@mathjax/src/js/mathjax.js';
import { CHTML } from '@mathjax/src/js/output/chtml.js';
import { MathJaxTexFont } from '@mathjax/mathjax-tex-font/js/chtml.js';
import { plainText } from './plain_text.mjs';

const adaptor = liteAdaptor();
AssistiveMmlHandler(RegisterHTMLHandler(adaptor));
const output = new CHTML({
  fontData: MathJaxTexFont,
  fontURL: '.',
  displayOverflow: 'overflow', // the box around a display scrolls, and leaves its number in sight
  linebreaks: { inline: true },
});
// Without the packages noerrors and noundefined, a mistake is an error, not red text.
const input = new TeX({ packages: ['base', 'ams', 'html'], formatError: (_, error) => { throw error; } });
const page = mathjax.document('', { InputJax: input, OutputJax: output });
const { formulas: wanted, roles } = JSON.parse(await text(process.stdin));
input.postFilters.add(({ data }) => arrange(data.root));

// The LaTeX stays plain. Here each symbol gets its role as a class, which the style sheet
// colours: `logits` for z, z_i and Z. The gradient of the loss by the logits is one symbol.
function arrange(node) {
  if (node.isKind('mover')) return; // ŷ is not y, and has no colour
  const role = roleOf(node);
  if (role) return node.attributes.set('class', role);
  node.attributes.unset('class');
  // Fractions in the rows of a derivation need more room between them than MathJax gives.
  if (node.isKind('mtable') && node.attributes.get('displaystyle')) node.attributes.set('rowspacing', '0.7em');
  if (!node.isToken) node.childNodes.filter(Boolean).forEach(arrange);
}

// A number comes with the letter that it is a value of, as \class{s}{0.2447} or, for the gradient by z, \class{∂z}{...}.
function roleOf(node) {
  const letter = node.attributes.get('class');
  if (letter) return letter[0] === '∂' ? roles[letter[1]] === 'logits' && 'gradient' : roles[letter];
  switch (node.kind) {
    case 'mi': return roles[node.getText()];
    case 'msub': case 'msubsup': return node.childNodes[0].isKind('mi') && roleOf(node.childNodes[0]);
    case 'mfrac': {
      const [above, below] = node.childNodes.map(letters);
      return /^∂(L|L¯)$/u.test(above) && below[0] === '∂' && roles[below[1]] === 'logits' && 'gradient';
    }
  }
}

function letters(node) {
  return node.isToken ? node.getText() : node.childNodes.filter(Boolean).map(letters).join('');
}

// What MathJax keeps for its menu and for a later run, neither of which happens here; what is the same
// for each formula, and stands in the site's style sheet, or in HTML itself; and the colours in the MathML, which nobody sees.
const INTERNAL = / data-(?:latex(?:-item)?|mjx-[\w-]+)="[^"]*"| class="MathJax"| overflow="overflow"| style="position: relative;"| unselectable="on"| xmlns="[^"]*"|(?<=<m(?!jx)[^>]*) class="\w+"/g;

// The digits of a number, each an element with a box of its own. One box for all of them looks the same, and is a tenth of the bytes.
const DIGITS = /(?:<mjx-c class="mjx-c[0-9A-F]+"(?: noic="true")?(?: style="[^"]*")?>[\d.]<\/mjx-c>){2,}(?=<\/mjx-mn>)/g;
const inOneBox = (digits) => `<mjx-digits>${digits.replace(/<[^>]*>/g, '')}</mjx-digits>`;
const CLASS = /\\class\{.*?\}/g; // what only this site understands

async function typeset([tex, display]) {
  try {
    const mathml = await page.convertPromise(tex, { display, end: STATE.CONVERT });
    const container = await page.convertPromise(tex, { display });
    const line = plainText(mathml).trim();
    adaptor.setAttribute(container, 'data-tex', tex.replace(CLASS, ''));
    if (line.length <= 20) adaptor.setAttribute(container, 'short', ''); // i ≠ c stays on one line
    mathml.setTeXclass(null);
    return { html: adaptor.outerHTML(container).replace(INTERNAL, '').replace(DIGITS, inOneBox), plain: line, relations: relations(mathml) };
  } catch (error) {
    return { error: error.message };
  }
}

// What can make a formula true or false: =, ≤, ≐ and their like, not arrows, colons and the bar of a condition.
function relations(node) {
  if (!node.isToken) return node.childNodes.filter(Boolean).flatMap(relations);
  return node.isKind('mo') && node.texClass === TEXCLASS.REL && !/[\u2190-\u21ff\u27f0-\u27ff:∣]/u.test(node.getText()) ? [node.getText()] : [];
}

const formulas = [];
for (const formula of wanted) formulas.push(await typeset(formula));
const css = adaptor.textContent(output.styleSheet(page));
process.stdout.write(JSON.stringify({ formulas, css }));
