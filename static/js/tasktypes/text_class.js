/* Editor of `text_class`. */

export { mount } from "../choice.js";
