// In place of Material's search worker, see machinery/publish.py. The real one's address is after the question mark.
const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3] // the kinds of messages
let setup, query, loading

function answer({ data: message }) {
  if (message.type === SETUP) {
    setup = message
    postMessage({ type: READY })
  } else if (message.data === "") {
    postMessage({ type: RESULT, data: { items: [] } })
  } else {
    query = message // the last one counts
    loading ||= load().catch(() => (loading = null)) // the next one tries again
  }
}

async function load() {
  const response = await fetch(new URL("../../search/full_index.json", location))
  const index = await response.json()
  importScripts(location.search.slice(1))
  // Without the commas, digits of words and of nodes run together, and lunr looks for words that are not there.
  lunr.TokenSet.prototype.toString = function () {
    return this._str ?? [this.final, ...Object.keys(this.edges).sort().map((label) => label + this.edges[label].id)].join()
  }
  removeEventListener("message", answer)
  dispatchEvent(new MessageEvent("message", { data: { ...setup, data: { ...setup.data, ...index } } }))
  setTimeout(() => dispatchEvent(new MessageEvent("message", { data: query }))) // when the index is read
}

addEventListener("message", ({ data: message }) => {
  if (message.type === QUERY) message.data = message.data.replace(/[?!()[\]{},;:]+/g, " ").trim()
})
addEventListener("message", answer)
