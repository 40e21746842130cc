// What a list is asked for: it lives in the page's address, and is sent to the server as it stands there.

/**
 * @param page the path of the list's page @param names what it can be asked for
 * @returns {asked, address, changed, isFiltered}, all of them functions without state
 */
export function listQuery(page, names) {
  /** What an address asks for: {search, status, …}; what it does not ask for is left out. */
  const asked = (search) => {
    const query = new URLSearchParams(search);
    return Object.fromEntries([...names, "cursor"].map((name) => [name, query.get(name)]).filter(([, value]) => value));
  };

  /** The address of a view, below `path`. */
  const address = (view, path = page) => {
    const query = new URLSearchParams([...names, "cursor"].filter((name) => view[name]).map((name) => [name, view[name]]));
    return query.size > 0 ? `${path}?${query}` : path;
  };

  /** The view with other filters, on its first page. An empty value takes a filter away. */
  const changed = (view, values) => {
    const { cursor, ...rest } = { ...view, ...values };
    return Object.fromEntries(Object.entries(rest).filter(([, value]) => value));
  };

  /** Whether anything but the page is asked for. */
  const isFiltered = (view) => Object.keys(changed(view, {})).length > 0;

  return { asked, address, changed, isFiltered };
}
