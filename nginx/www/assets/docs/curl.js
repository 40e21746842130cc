// A route's example as a command that can be pasted into a shell.

/**
 * @param route {method, path, caller, parameters, body: example or undefined, media: of the answer}
 * @param base the installation's address
 */
export function curl({ method, path, caller, parameters, body, media }, base) {
  const example = (place) => parameters.filter((each) => each.in === place && each.example !== undefined);
  const address = example("path").reduce((text, { name, example }) => text.replace(`{${name}}`, encodeURIComponent(example)), path);
  const query = new URLSearchParams(example("query").map(({ name, example }) => [name, example]));
  const lines = [`curl ${verb(method)}${quoted(`${base}${address}${query.size > 0 ? `?${query}` : ""}`)}`];
  if (["recruiter", "administrator"].includes(caller)) lines.push("-b cookies.txt");
  if (parameters.some(({ name }) => name === "Idempotency-Key")) lines.push('-H "Idempotency-Key: $(openssl rand -hex 16)"');
  if (path === "/api/auth/login") lines.push("-c cookies.txt");
  if (body !== undefined) lines.push("-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body, null, 2))}`);
  if (media && media !== "application/json") lines.push("-OJ");
  return lines.join(" \\\n  ");
}

function verb(method) {
  return { GET: "", HEAD: "-I " }[method] ?? `-X ${method} `;
}

/** For a POSIX shell: within single quotes only they themselves mean anything. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
