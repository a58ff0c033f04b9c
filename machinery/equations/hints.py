"""What to write instead of a sign that can't be read, or of a name that nothing defines. What a rule refuses has its hint in the rule."""

NO_CLAIM = "or put <!-- not a claim: reason --> in front"
UNKNOWN = f"the check does not know it; write it in other signs, {NO_CLAIM}"
REFERENCE = "a reference is a link in the text, as in [(D3)](derivation.md#eq-D3)"
HINTS = {
    sign: hint
    for signs, hint in [
        ("'", r"write a derivative as \frac{\partial}{\partial x}"),
        ("^", r"a power comes after brackets, as in (\log s_c)^2"),
        (r"\int \iint \oint", f"integrals are not evaluated; write what follows from it, {NO_CLAIM}"),
        (r"\lim \to \rightarrow", f"limits are not evaluated; write how fast the error vanishes, = ... + O(h^2), {NO_CLAIM}"),
        (r"\leftarrow \gets", r"give the new value a name, as in z'_i := z_i - \eta g_i"),
        (r"\sim", rf"say which values it may have, as in \(x \in \mathbb R\), {NO_CLAIM}"),
        (r"\propto", f"write the factor, as in s_i = a e^{{z_i}}, {NO_CLAIM}"),
        (r"\Pr", r"define it, as in p_i := s_i, and write p_i"),
        (r"\equiv \cong \simeq", "write := for a definition, = for a claim"),
        (r"\overset \stackrel \underset", r"write the sign alone, as in = or \max_j"),
        (r"\implies \Rightarrow \Longrightarrow \iff \Leftrightarrow",
         r"write what follows alone, with its condition after it, as in L = 0 \quad \text{if } s_c = 1"),
        (r"\pm \mp", "write two relations, one with + and one with -"),
        (r"\forall", r"leave it out, as a claim is checked for all indices, or write \quad \forall i after it"),
        (r"\exists", f"write for which value it holds, {NO_CLAIM}"),
        (r"\mapsto", "define a function, as in f(x) := x^2"),
        (r"\ll \gg", f"write < or >, {NO_CLAIM}"),
        (r"\arg", r"write \arg\max_j z_j"),
        (r"\notin \subset \subseteq \cup \cap \perp", f"sets are not evaluated; {NO_CLAIM[3:]}"),
        (r"\in", r"a declaration stands alone, as in \(x \in \mathbb R\); a sum over a set is \sum_{j \neq c}, or has a condition as a factor, "
                rf"\mathbb 1[p_i > 0]; of other sets, {NO_CLAIM[3:]}"),
        (r"\substack", r"write \sum_{j=1, j \neq c}^k"),
        (r"\mathds \mathbbm", r"write \mathbb 1"),
        (r"\dot \ddot \breve \mathring \overrightarrow", r"names have \hat, \tilde, \bar or a prime"),
        (r"* \ast \star \otimes", r"a product is \cdot, or \odot entry by entry, or \mathbf a \mathbf b^\top; names have \hat, \tilde, \bar or a prime"),
        (r"\cdot \odot \times", "a factor is missing beside it, or an argument, as in f(x)"),
        (r"\textcolor \color", "leave it out: symbols have the colours of the notation page"),
        (r"\ref \eqref", REFERENCE),
        (r"\square \Box \blacksquare \qed \therefore \because", "leave it out, or say it in words"),
        (r"! \binom \det \lfloor \lceil", f"this is not evaluated; write out what it stands for, {NO_CLAIM}"),
        (r"\%", "write 0.5 for 50 percent"),
        (",", "a number has no comma, as in 1000 and 0.5"),
        (";", "arguments are parted by commas"),
        ("=", r"a probability is written p_c, a condition as a number \mathbb 1[i = c]"),
        ("+", r"the positive part is written \max(0, x)"),
        (":", f"words, or a formula of its own, say what comes before a colon; a function is defined, as in f(x) := x^2; of a set, {NO_CLAIM[3:]}"),
        ("| bar", r"bars come in pairs; a restriction is \left. ... \right|_{z = 0}"),
    ]
    for sign in signs.split()
}
VALUE_HINTS = {  # of a kind of node
    "dots": r"dots stand between terms, as in s_1 + \cdots + s_k",
    "mark": f"it is no number; {NO_CLAIM[3:]}",
}
NAME_HINTS = {
    "E": r"say over which index, and with which probabilities: \mathbb E_{i \sim \mathbf s}[x_i]",
    "mathcal O": r"write = ... + O(h^2), with a step \(h \in \mathbb R_{>0}\)",
    "Delta": r"a change is a name of its own, as in \(\mathbf d \in \mathbb R^k\) and \mathbf z + \mathbf d",
    "norm": r"norms are \|\mathbf z\|, \|\mathbf z\|_1, \|\mathbf z\|_2, \|\mathbf z\|_\infty and \|A\|_F",
    "'": r"a derivative is \frac{\partial}{\partial x} f(x), a transpose \mathbf z^\top",
}


def hint_for(name: str) -> str | None:
    """Return the hint for a name, or for a function, that nothing defines."""
    return NAME_HINTS.get("'" if name.endswith("'") else name) or NAME_HINTS.get(name.split()[0])
