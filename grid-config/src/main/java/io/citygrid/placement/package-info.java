/** Which node holds which city fragment, and in how many copies. */
@NullMarked
package io.citygrid.placement;

import org.jspecify.annotations.NullMarked;
