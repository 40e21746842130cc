"""What structured outputs take as a schema, and answers made from one."""

KEYWORDS = {"type", "enum", "const", "properties", "required", "additionalProperties", "items", "anyOf", "description",
            "$ref", "$defs", "default", "format", "title", "minItems"}


def problem(schema, strict=False):
    """Why the service refuses the schema, or None. `strict` is OpenAI's: all properties are required."""
    counts = {"optional": 0, "unions": 0}
    found = check(schema, "schema", counts, strict)
    if not found and counts["optional"] > 24:
        return f"Schemas contains too many optional parameters ({counts['optional']}), limit: 24"
    if not found and counts["unions"] > 16:
        return f"Schemas contains too many parameters with union types ({counts['unions']}), limit: 16"
    return found


def check(schema, path, counts, strict):
    unknown = set(schema) - KEYWORDS
    if unknown:
        return f"{path}: For '{schema.get('type')}' type, properties {', '.join(sorted(unknown))} are not supported"
    if schema.get("minItems", 0) > 1:
        return f"{path}: For 'array' type, 'minItems' values other than 0 or 1 are not supported"
    if "anyOf" in schema or isinstance(schema.get("type"), list):
        counts["unions"] += 1
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            return f"{path}: For 'object' type, 'additionalProperties' must be explicitly set to false"
        missing = set(schema.get("properties", {})) - set(schema.get("required", []))
        if missing and strict:
            return f"{path}: 'required' must include every key in properties; missing {', '.join(sorted(missing))}"
        counts["optional"] += len(missing)
    parts = [(f"{path}.{name}", each) for name, each in schema.get("properties", {}).items()]
    parts += [(f"{path}[]", each) for each in schema.get("anyOf", [])] + ([(f"{path}[]", schema["items"])] if "items" in schema else [])
    for name, part in parts:
        if found := check(part, name, counts, strict):
            return found
    return None


def example(schema):
    """The plainest value that fits."""
    if "anyOf" in schema:
        return example(schema["anyOf"][0])
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    kind = schema["type"][0] if isinstance(schema.get("type"), list) else schema.get("type")
    if kind == "object":
        return {name: example(schema["properties"][name]) for name in schema.get("required", [])}
    return {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False}.get(kind)


def odd_case(value, schema):
    """The value with the words of enumerations in another case, as services may answer."""
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        return {name: odd_case(each, properties.get(name, {})) for name, each in value.items()}
    if isinstance(value, list):
        return [odd_case(each, schema.get("items", {})) for each in value]
    if isinstance(value, str) and "enum" in schema:
        return value.upper() if value != value.upper() else value.lower()
    return value


def broken(value):
    """The value without its first property, and with one that nobody asked for."""
    names = list(value)
    return {**{name: value[name] for name in names[1:]}, "unasked": True}
