/* Editor of `text_class`. */

export { mount } from "../classes.js";
