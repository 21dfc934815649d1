import Recurrent

/// Shows a tensor: its name, if it is given one, its shape and its values.
public func show(_ tensor: Tensor, _ name: String = "") {
    Recorder.current.show(.tensor(TensorExhibit(name: name, shape: Array(tensor.shape), values: tensor.values)))
}
