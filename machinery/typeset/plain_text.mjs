// A formula as one line of text, for titles and search results: ∂L/∂z_i for the fraction, e^(z_i−m) for the power.
export function plainText(node) {
  if (node.isToken) return node.getText().replace(/^(:?[=≠≈<>≤≥∈→])$/u, ' $1 ').replace('\u2061', ' ');
  const parts = node.childNodes.filter(Boolean).map(plainText);
  const script = (part) => ([...part].length > 1 ? `(${part.replace(/ /g, '')})` : part);
  const term = (part) => (/[\s+−]/u.test(part) ? `(${part})` : part);
  switch (node.kind) {
    case 'mfrac': return `${term(parts[0])}/${term(parts[1])}`;
    case 'msqrt': return `√${term(parts[0])}`;
    case 'msub': return `${parts[0]}_${script(parts[1])}`;
    case 'msup': return `${parts[0]}^${script(parts[1])}`;
    case 'msubsup': return `${parts[0]}_${script(parts[1])}^${script(parts[2])}`;
    case 'munder': return `${parts[0]}_${script(parts[1])} `;
    case 'munderover': return `${parts[0]}_${script(parts[1])}^${script(parts[2])} `;
    case 'mtr': return parts.join(' ');
    case 'mtable': return parts.join('; ');
    default: return parts.join('');
  }
}
