// In place of Material's search worker: says at once that it is ready, and brings the real
// worker and the full index, 54 kB, when something is searched for. The address of the real
// worker stands behind the question mark in its own.
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
    loading ||= load().catch(() => (loading = null)) // without a network, the next one tries again
  }
}

async function load() {
  const response = await fetch(new URL("../../search/full_index.json", location))
  const index = await response.json()
  importScripts(location.search.slice(1))
  // lunr takes two nodes for one if their names are alike, and joins in them digits of words and numbers of nodes without a
  // sign between; then it looks for words that are not there, and finds nothing, not even for "label".
  lunr.TokenSet.prototype.toString = function () {
    return this._str ?? [this.final, ...Object.keys(this.edges).sort().map((label) => label + this.edges[label].id)].join()
  }
  removeEventListener("message", answer)
  dispatchEvent(new MessageEvent("message", { data: { ...setup, data: { ...setup.data, ...index } } }))
  setTimeout(() => dispatchEvent(new MessageEvent("message", { data: query }))) // when the index is read
}

addEventListener("message", ({ data: message }) => { // also before the real worker, whose words end with no such sign
  if (message.type === QUERY) message.data = message.data.replace(/[?!()[\]{},;:]+/g, " ").trim()
})
addEventListener("message", answer)
