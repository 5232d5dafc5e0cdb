package io.citygrid.report.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanWordsTest {
    @Test
    void whatHappensWhereIsSaidFromTheRowsToTheAnswer() {
        String plan =
                """
                IgniteReduceHashAggregate(group=[{0}], EXPR$1=[SUM($1)]): rowcount = 10.0, id = 1
                  IgniteExchange(distribution=[single]): rowcount = 10.0, id = 2
                    IgniteMapHashAggregate(group=[{0}], EXPR$1=[SUM($1)]): rowcount = 10.0, id = 3
                      IgniteTableScan(table=[[PUBLIC, ORDER_ITEMS]], filters=[>($t1, 2)]): rowcount = 100.0, id = 4
                """;

        assertThat(PlanWords.of(plan))
                .isEqualTo(
                        """
                        On each node that holds rows of it:
                          - reads all rows of order_items, and leaves out those that do not match
                          - sums up its own rows
                            => what comes out travels to the node that was asked
                        On the node that was asked:
                          - puts the nodes' sums together""");
    }

    @Test
    void whatEachSideOfAJoinSendsIsSaid() {
        String plan =
                """
                IgniteMergeJoin(condition=[=($0, $3)], joinType=[inner]): id = 1
                  IgniteExchange(distribution=[hash[0]]): id = 2
                    IgniteIndexScan(table=[[PUBLIC, ORDERS]], index=[_key_PK]): id = 3
                  IgniteExchange(distribution=[broadcast]): id = 4
                    IgniteIndexScan(table=[[PUBLIC, CUSTOMERS]], index=[_key_PK], searchBounds=[x]): id = 5
                """;

        assertThat(PlanWords.of(plan))
                .contains("reads all rows of orders in the order of _key_PK")
                .contains("every row may cross the network")
                .contains("looks rows of customers up in _key_PK")
                .contains("travels to every node")
                .endsWith("joins both, which come in the order of what they are joined by");
    }
}
