// What the list of interviews is asked for: it lives in the page's address, and is sent to the
// server as it stands there.

const names = ["search", "status", "assessmentId", "candidateId", "recommendation", "deadline", "cursor"];

/** What an address asks for: {search, status, …}; what it does not ask for is left out. */
export function asked(search) {
  const query = new URLSearchParams(search);
  return Object.fromEntries(names.map((name) => [name, query.get(name)]).filter(([, value]) => value));
}

/** The address of a view, below `path`. */
export function address(view, path = "/async-interviews") {
  const query = new URLSearchParams(names.filter((name) => view[name]).map((name) => [name, view[name]]));
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The view with other filters, on its first page. An empty value takes a filter away. */
export function changed(view, values) {
  const { cursor, ...rest } = { ...view, ...values };
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value));
}

/** Whether anything but the page is asked for. */
export function isFiltered(view) {
  return Object.keys(changed(view, {})).length > 0;
}
