"""What a screen reader is given for a formula: MathML, once, in the order in which it is read."""

def heard(tab, selector):
    """Return the accessible objects of an element, each as its role or as its text."""
    cdp = tab.cdp
    cdp.send("Accessibility.enable")
    root = cdp.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    node = cdp.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    kept = {node["nodeId"]: node for node in cdp.send("Accessibility.getFullAXTree")["nodes"]}
    top = cdp.send("Accessibility.getPartialAXTree", {"nodeId": node, "fetchRelatives": False})["nodes"][0]["nodeId"]

    def walk(node):
        role = node["role"]["value"]
        if role == "InlineTextBox":
            return
        if not node["ignored"] and role not in ("generic", "none"):
            name = node.get("name", {}).get("value", "")
            yield name if role == "StaticText" else f"<{role} {name}>" if name else f"<{role}>"
        for child in node["childIds"]:
            yield from walk(kept[child])

    return " ".join(walk(kept[top]))


FIRST_FORMULA = (
    "<group Equation D1> <MathMLMath> "
    "<MathMLSub> <MathMLIdentifier> 𝑠 <MathMLIdentifier> 𝑖 <MathMLOperator> := "
    "<MathMLFraction> <MathMLSup> <MathMLIdentifier> 𝑒 <MathMLRow> <MathMLSub> <MathMLIdentifier> 𝑧 <MathMLIdentifier> 𝑖 "
    "<MathMLRow> <MathMLUnder> <MathMLOperator> ∑ <MathMLIdentifier> 𝑗 "
    "<MathMLSup> <MathMLIdentifier> 𝑒 <MathMLRow> <MathMLSub> <MathMLIdentifier> 𝑧 <MathMLIdentifier> 𝑗"
)


def test_the_first_formula_of_the_derivation_is_heard_as_mathml_and_a_soup_of_glyphs_is_noticed(tab):
    tab.go("derivation/")
    assert heard(tab, "#eq-D1 .equation-box") == FIRST_FORMULA
    tab.page.evaluate("for (const math of document.querySelectorAll('#eq-D1 mjx-math')) math.removeAttribute('aria-hidden')")
    assert heard(tab, "#eq-D1 .equation-box") != FIRST_FORMULA
    tab.page.evaluate("for (const math of document.querySelectorAll('#eq-D1 mjx-assistive-mml')) math.remove()")
    assert "MathML" not in heard(tab, "#eq-D1 .equation-box")
