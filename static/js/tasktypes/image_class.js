/* Editor of `image_class`. */

export { mount } from "../classes.js";
