/** Real nodes, a real PostgreSQL and the checks that every grid test ends with. */
package io.citygrid.testing;
