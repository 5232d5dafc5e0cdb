/** Who may come in by the web, and what they may do there: logins, rights, slow-down of guessing, refusals. */
@NullMarked
package io.citygrid.web.access;

import org.jspecify.annotations.NullMarked;
