// What stands in the fields of a form, as the API takes it, and which field an error is about.
//
// A name such as "points.0.text" is the `text` of the first item of the list `points`; items of
// which no field but drop-down lists holds anything are left out. A field with data-lines is a
// list with an item a line.

function lines(value) {
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

function read(field) {
  const { type, value, dataset } = field;
  if (dataset.lines !== undefined) return lines(value);
  if (type === "number") return value === "" ? null : Number(value);
  return value === "" && dataset.empty === "null" ? null : value;
}

const holdsSomething = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

// Returns { values, places }: the body, and for each list the places in the form of its items.
export function readForm(form, extra) {
  const values = { ...(extra ?? {}) };
  const items = {};
  for (const field of form.elements) {
    const { name, type, value, checked, dataset } = field;
    if (!name || field.disabled) continue;
    const [list, place, part] = name.split(".");
    if (part !== undefined) {
      const item = ((items[list] ??= {})[place] ??= { filled: false, parts: {} });
      item.parts[part] = read(field);
      item.filled ||= type !== "select-one" && holdsSomething(item.parts[part]);
    } else if (type === "checkbox" && dataset.list !== undefined) {
      values[name] = [...(values[name] ?? []), ...(checked ? [value] : [])];
    } else if (type === "checkbox") values[name] = checked;
    else if (type === "radio") {
      if (checked) values[name] = value;
    } else values[name] = read(field);
  }
  const places = {};
  for (const [list, byPlace] of Object.entries(items)) {
    places[list] = Object.keys(byPlace).filter((place) => byPlace[place].filled);
    values[list] = places[list].map((place) => byPlace[place].parts);
  }
  return { values, places };
}

// The names of the fields that an error's path may be about, the nearest first:
// "body.points.1.phrases.3" is about "points.2.phrases" when the second item stands in place 2.
export function namesOf(path, places) {
  const parts = String(path).split(/[/.]/);
  if (parts[0] === "body") parts.shift();
  const [list, place] = parts;
  if (places?.[list]?.[place] !== undefined) parts[1] = places[list][place];
  const names = [];
  for (let count = parts.length; count > 0; count -= 1) names.push(parts.slice(0, count).join("."));
  return names;
}
