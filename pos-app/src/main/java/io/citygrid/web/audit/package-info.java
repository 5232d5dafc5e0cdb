/** The audit log at the web door: what is written to it, and how it is read. */
@NullMarked
package io.citygrid.web.audit;

import org.jspecify.annotations.NullMarked;
