/// For each of `count` values 0 with the given probability, else 1 / (1 − probability),
/// so that the expected value stays what it was.
func dropoutFactors(_ count: Int, probability: Double) -> [Double] {
    Generator.default.uniform(count: count).map { $0 < probability ? 0 : 1 / (1 - probability) }
}
