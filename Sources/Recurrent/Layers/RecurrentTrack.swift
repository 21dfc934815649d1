/// One layer in one direction of a trace.
public struct RecurrentTrack<Step> {
    /// Counts from 0.
    public let layer: Int
    public let isReverse: Bool
    /// In time order, also where the direction reads from the end.
    public let steps: [Step]
}

extension RecurrentStack.Run {
    /// What every layer and direction did, step by step.
    func tracks<Step>(_ steps: (Direction.Pass) -> [Step]) -> [RecurrentTrack<Step>] {
        tracks.map { RecurrentTrack(layer: $0.layer, isReverse: $0.isReverse, steps: steps($0.pass)) }
    }
}

extension Array {
    /// The steps of the last layer, read forwards.
    func lastForwardSteps<Step>() -> [Step] where Element == RecurrentTrack<Step> {
        last { !$0.isReverse }!.steps
    }
}
