/** The state of the grid over HTTP. */
@NullMarked
package io.citygrid.ops.web;

import org.jspecify.annotations.NullMarked;
