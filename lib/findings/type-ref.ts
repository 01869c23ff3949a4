/** A type as the catalogue writes it: `string`, `number`, `boolean`, `any`, `list<T>`, `map<T>`, `enum:Name`, a shape. */
export type TypeRef = string;
