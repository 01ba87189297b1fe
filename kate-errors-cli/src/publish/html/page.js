
// The page: its buttons, and the box for responses. All text is put into it as text.

/** An element with a class and content: texts and elements. */
function made(tag, className, ...content) {
  const it = document.createElement(tag);
  it.className = className;
  it.append(...content);
  return it;
}

// Copies

async function copy(button) {
  const text = button.previousElementSibling.textContent;
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    // Without leave to write, or without https: the text is selected for the reader.
    getSelection().selectAllChildren(button.previousElementSibling);
    button.textContent = "Selected";
  }
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
}

// Responses

/** How many responses of one text are shown beside the first. */
const MOST_SHOWN = 9;
const MOST_FIELDS = 20;

/** Where the message stands in a body. */
const MEMBER = `“${pathTo("detail", TABLES.envelope.places) ?? "detail"}”`;

/** The names of the members that lead to a slot. */
function pathTo(slot, places) {
  for (const place of places) {
    const path = place.slot === slot ? "" : pathTo(slot, place.inside ?? []);
    if (path !== null) {
      return [place.name, path].filter((name) => name !== "").join(".");
    }
  }
  return null;
}

const REASONS = {
  other_message: "The catalog does not know this message.",
  empty: "The body is empty.",
  not_json: "No error of the catalog is in this text.",
  too_deep: "The body is nested too deep: clients do not read it.",
  not_an_object: "The body is JSON, but not an object.",
  no_detail: `The body has no field ${MEMBER}.`,
  duplicate_detail: `The body has the field ${MEMBER} more than once.`,
  duplicate_member: "The body has a field around its message or code more than once.",
  no_code: "The body has no code.",
  other_code: "The catalog does not know this code.",
  operation: "This is an operation, without a response. It has these errors.",
  other_kind: `The field ${MEMBER} is not a text.`,
  code: "The text names this error.",
  cut: "The message is cut off. It begins like that of these errors.",
  page: "This is an HTML page, which a proxy or a server before the API has made.",
  status: "There is no message, only a status.",
  lone_surrogate: "The message is not Unicode: it has half a character.",
  missing_value: "The message is in the catalog, but a value beside it is missing or invalid.",
};

function noteText(note) {
  switch (note.kind) {
    case "status_differs":
      return `The status is ${note.received}, and should be ${note.expected}.`;
    case "former_message":
      return "This is a former message: the server is older than this page.";
    case "other_message":
      return "This is another message than the one on this page.";
    case "retired":
      return "This error is retired: no server should produce it any more.";
    case "out_of_scope":
      return "The operation does not list this error.";
    case "code_contradicts":
      return `The response names another error: ${note.named}.`;
    case "code_unknown":
      return "The code of the response is none of this catalog.";
    case "no_code":
      return "The response has no code, and is known by its message.";
    case "values_differ":
      return "The message has other values than members of their own.";
    case "places_differ":
      return "Two places of the body have different values.";
    case "more_errors":
      return "The response lists more errors.";
    case "byte_order_mark":
      return "A byte-order mark stands before the body.";
    default:
      return note.kind;
  }
}

function showPasted() {
  const result = element("paste-result");
  const text = element("paste-text").value;
  if (text.trim() === "") {
    result.replaceChildren();
    return;
  }
  const operation = element("paste-operation")?.value;
  const { more, ...first } = readPasted(text, operation ? { operation } : {});
  const shown = [first, ...more.slice(0, MOST_SHOWN)].map((decoded) =>
    decoded.outcome === "known" ? knownError(decoded) : otherResponse(decoded));
  result.replaceChildren(...shown.flat());
}

function badgeOf(status) {
  return made("span", `badge of-${Math.floor(status / 100)}`, String(status));
}

/** A list of names and what stands behind them, and a function that adds to it. */
function entries() {
  const list = made("dl", "");
  const entry = (name, ...content) => {
    list.append(made("div", "", made("dt", "", name), made("dd", "", ...content)));
  };
  return [list, entry];
}

/** What can be said of a response that is no error of the catalog. */
function otherResponse(decoded) {
  const { outcome, reason, status, code, named, similar, operation, rows: called } = decoded;
  const texts = { not_an_error: "The status is not an error status." };
  if (outcome === "validation" || fieldsAlone(decoded).length > 0) {
    texts[outcome] = "The request was not valid: the response says which of its fields are wrong.";
  }
  const sharing = index().byCode.get(named) ?? [];
  const rows = sharing.length > 0 ? sharing : (called ?? []);
  const said = code !== null && sharing.length > 1 ? "Several errors have this code: their statuses tell them apart." : REASONS[reason];
  const text = made("p", "nothing", texts[outcome] ?? said ?? reason);
  text.dataset.outcome = reason ?? outcome;
  const [list, entry] = entries();
  if (status > 0) {
    entry("Status", badgeOf(status), " ", STATUSES[status] ?? "This page does not list it.");
  }
  if (reason === "operation") {
    entry("Operation", made("code", "", routes()[operation].join(" ")));
  }
  if (rows.length > 0) {
    entry("Error", chips("", rows));
  }
  addFields(fieldsListed(decoded), entry);
  if (similar.length > 0) {
    const items = similar.map((row) => made("li", "", linkTo(row), ` "${infoOf(row).detail}"`));
    entry("Similar", made("ul", "similar", ...items));
  }
  return [text, ...(list.childElementCount > 0 ? [list] : [])];
}

function addFields(listed, entry) {
  if (listed.length > 0) {
    entry("Fields", made("ul", "fields", ...listed.slice(0, MOST_FIELDS).map(({ path, message }) =>
      made("li", "", ...(path === "" ? [message] : [made("code", "", path), `: ${message}`])))));
  }
}

function knownError(decoded) {
  const { error, alternatives, notes } = decoded;
  const row = rowOf(error);
  const isShown = element("paste-sensitive")?.checked ?? false;
  // The error and its context can have values of the same name.
  const valueOf = ({ name }, at) => (at < row.params.length ? error.values : error.context)?.[name];
  const values = paramsOf(row).map((param, at) => [param, valueOf(param, at)]).filter(([, value]) => value !== undefined);
  const shown = isShown ? error : hidden(error, row);
  const [list, entry] = entries();
  entry("Cause", cause(shown));
  entry("Fix", fix(shown));
  if (values.length > 0) {
    const items = values.map(([param, value]) => {
      const text = param.sensitive && !isShown ? HIDDEN : String(value);
      const item = made("li", "", made("code", "", param.name), " = ", made("code", "value", text));
      item.dataset.name = param.name;
      return item;
    });
    entry("Values", made("ul", "values", ...items));
  }
  addFields(fieldsListed(decoded), entry);
  if (notes.length > 0) {
    const items = notes.map((note) => {
      const item = made("li", "", noteText(note));
      item.dataset.kind = note.kind;
      return item;
    });
    entry("Note", made("ul", "notes", ...items));
  }
  if (alternatives.length > 0) {
    entry("Or else", chips("alternatives", alternatives.map(rowOf)));
  }
  const message = isShown ? detail(error) : redacted(error);
  const title = made("div", "top", badgeOf(row.status), made("h3", "", `"${message}"`));
  const meta = made("p", "meta", linkTo(row), " ", made("span", "", STATUSES[row.status] ?? ""));
  return [title, meta, list];
}

function linkTo(row) {
  const link = made("a", "", made("code", "", row.code));
  link.href = `#${nameOf(row)}`;
  return link;
}

function chips(className, rows) {
  return made("ul", `chips ${className}`, ...rows.map((row) => made("li", "", linkTo(row))));
}

/** An error whose sensitive values are not shown. */
function hidden(error, row) {
  const hide = (values) =>
    values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isSensitive(name) ? HIDDEN : value]));
  const isSensitive = (name) => paramsOf(row).some((param) => param.sensitive && param.name === name);
  return { ...error, values: hide(error.values), context: hide(error.context) };
}

// The page comes to life

document.documentElement.classList.add("scripted");
element("search-form").addEventListener("input", filter);
element("search-form").addEventListener("change", writeAddress);
element("search-form").addEventListener("submit", (event) => event.preventDefault());
// The fields are empty once the event is over.
element("search-form").addEventListener("reset", () =>
  setTimeout(() => {
    filter();
    writeAddress();
  }),
);
element("search-suggestion").addEventListener("click", ({ currentTarget }) => {
  element("search-words").value = currentTarget.dataset.words;
  filter();
  writeAddress();
  element("search-words").focus();
});
for (const id of ["paste-text", "paste-operation", "paste-sensitive"]) {
  element(id)?.addEventListener("input", showPasted);
}
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.copy");
  if (button) {
    void copy(button);
  }
});
addEventListener("hashchange", showTarget);
addEventListener("keydown", focusSearch);
addEventListener("scroll", followSoon, { passive: true });
addEventListener("resize", followSoon, { passive: true });
readAddress();
showTarget();
followSoon();
