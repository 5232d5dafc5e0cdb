/** The web application itself: its start, the way into the grid, problems, security headers and pages. */
@NullMarked
package io.citygrid.web;

import org.jspecify.annotations.NullMarked;
