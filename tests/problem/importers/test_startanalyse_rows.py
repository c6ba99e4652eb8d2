from waardeweging.problem.importers.startanalyse import VariantKey, read_startanalyse

HEAD = (
    "BU_CODE;buurtnaam;GM_CODE;gemeente;weq;variant;H16_Nat_meerkost;H17_Nat_meerkost_CO2;"
    "H18_Nat_meerkost_WEQ;K01;K02;K03;K04;K05;K06;K07;K08;K09;K11;K12;K13;K14;K15;K16"
)
PLACE = "BU01934000;Berkum;GM0193;Zwolle;1938"
COSTS = ";".join(["511", "1307", *["0"] * 15])


def test_a_row_without_cost_leaves_its_variant_absent(tmp_path):
    path = tmp_path / "long.csv"
    nothing = ";".join(["-"] * 18)
    path.write_text(f"{HEAD}\n{PLACE};s1a;2533697;{COSTS}\n{PLACE};s2a;{nothing}\n")

    (found,) = read_startanalyse(path, 2020).values()

    assert set(found.variants) == {VariantKey(2020, "s1a")}
