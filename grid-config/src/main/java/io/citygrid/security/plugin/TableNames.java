package io.citygrid.security.plugin;

import java.util.List;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Finds the names of tables that a statement reads, in every query inside it. */
final class TableNames extends SqlBasicVisitor<@Nullable Void> {
    private final Consumer<List<String>> found;

    TableNames(Consumer<List<String>> found) {
        this.found = found;
    }

    @Override
    @Nullable
    public Void visit(SqlCall call) {
        if (call instanceof SqlSelect select) {
            table(select.getFrom());
        } else if (call instanceof SqlMerge merge) {
            table(merge.getSourceTableRef());
        } else if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
            table(call.operand(0));
        }
        return super.visit(call);
    }

    /** What stands in a FROM clause. Queries in there are visited as all other parts are. */
    private void table(@Nullable SqlNode from) {
        if (from instanceof SqlIdentifier name) {
            found.accept(name.names);
        } else if (from instanceof SqlJoin join) {
            table(join.getLeft());
            table(join.getRight());
        } else if (from instanceof SqlTableRef reference) {
            table(reference.operand(0));
        } else if (from instanceof SqlCall call
                && !(call instanceof SqlSelect)
                && !call.getOperandList().isEmpty()) {
            // AS, TABLESAMPLE, LATERAL, PIVOT and the like, around a table.
            table(call.operand(0));
        }
    }
}
