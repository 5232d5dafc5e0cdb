/** Reports over REST. */
@NullMarked
package io.citygrid.report.web;

import org.jspecify.annotations.NullMarked;
