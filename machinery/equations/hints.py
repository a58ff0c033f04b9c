"""What to write instead of a sign that can't be read."""

NO_CLAIM = "or put <!-- not a claim: reason --> in front"
HINTS = {
    sign: hint
    for signs, hint in [
        ("'", r"write a derivative as \frac{\partial}{\partial x}"),
        ("^", "a power stands behind brackets"),
        (r"\int \iint \oint", f"integrals are not evaluated; write what follows from it, {NO_CLAIM}"),
        (r"\lim \to \rightarrow", f"limits are not evaluated; write how fast the error vanishes, = ... + O(h^2), {NO_CLAIM}"),
        (r"\sim", rf"say which values it may have, as in \(x \in \mathbb R\), {NO_CLAIM}"),
        (r"\propto", f"write the factor, as in s_i = a e^{{z_i}}, {NO_CLAIM}"),
        (r"\Pr", r"define it, as in p_i := s_i, and write p_i"),
        (r"\equiv \cong \simeq", "write := for a definition, = for a claim"),
        (r"\implies \Rightarrow \Longrightarrow \iff \Leftrightarrow", 
         r"write what follows alone, with its condition behind it, as in L = 0 \quad \text{if } s_c = 1"),
        (r"\pm \mp", "write two relations, one with + and one with -"),
        (r"\forall", r"leave it out, as a claim is checked for all indices, or write \quad \forall i behind it"),
        (r"\exists", f"write for which value it holds, {NO_CLAIM}"),
        (r"\mapsto", "define a function, as in f(x) := x^2"),
        (r"\ll \gg", f"write < or >, {NO_CLAIM}"),
        (r"\arg", r"write \arg\max_j z_j"),
        (r"\notin \subset \subseteq \cup \cap", f"sets are not evaluated; {NO_CLAIM[3:]}"),
        (r"\in", r"a declaration stands alone, as in \(x \in \mathbb R\)"),
        ("=", r"a probability is written p_c, a condition as a number \mathbb 1[i = c]"),
        ("+", r"the positive part is written \max(0, x)"),
        (":", "words, or a formula of its own, say what comes before a colon"),
        ("|", r"bars come in pairs; a restriction is \left. ... \right|_{z = 0}"),
        ("bar", r"bars come in pairs; a restriction is \left. ... \right|_{z = 0}"),
    ]
    for sign in signs.split()
}
FUNCTION_HINTS = {
    "E": r"say over which index, and with which probabilities: \mathbb E_{i \sim \mathbf s}[x_i]",
    "mathcal O": r"write = ... + O(h^2), with a step \(h \in \mathbb R_{>0}\)",
}
